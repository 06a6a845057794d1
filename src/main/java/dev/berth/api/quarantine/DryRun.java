package dev.berth.api.quarantine;

import dev.berth.provisioning.intake.RecordResult;
import dev.berth.provisioning.intake.Redrive.Batch;
import dev.berth.store.quarantine.QuarantineFilter;
import dev.berth.store.quarantine.QuarantineSearch.Mark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an action would do to the records that a filter finds, each by itself.
 *
 * @param results how many records, by what would come of them
 * @param left how many are open behind these
 * @param nextCursor asks for these; null = there are none
 * @param asOf an action with this as {@code until} is about none that came later
 */
public record DryRun(
    List<ResultView> items,
    Map<String, Long> results,
    long left,
    @Nullable String nextCursor,
    Instant asOf) {

  public static DryRun of(Batch batch, QuarantineFilter filter, Instant asOf) {
    Mark last = batch.last();
    return new DryRun(
        batch.results().stream().map(ResultView::of).toList(),
        batch.results().stream()
            .collect(
                Collectors.groupingBy(RecordResult::result, TreeMap::new, Collectors.counting())),
        batch.left(),
        last == null ? null : last.cursor(filter),
        asOf);
  }
}
