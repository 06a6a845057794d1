package dev.berth.api.quarantine;

import dev.berth.api.problem.Parameters;
import dev.berth.store.quarantine.QuarantineFilter;
import dev.berth.store.quarantine.QuarantineFilter.Provenance;
import dev.berth.store.quarantine.QuarantineSearch.Mark;
import dev.berth.store.quarantine.QuarantinedRecord.RecordState;
import dev.berth.store.search.TimeText;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which records of the quarantine are asked for.
 *
 * @param after where the page before ended
 */
public record QuarantineQuery(QuarantineFilter filter, @Nullable Mark after) {

  private static final Set<String> FILTERS =
      Set.of("reason", "source", "tenant", "topic", "since", "until");

  /** What an action on many records takes: all of them are open. */
  public static final Set<String> MANY = with("cursor");

  /** What a list of records takes. */
  public static final Set<String> PARAMETERS = with("state", "limit", "cursor");

  private static final int LONGEST = 512;

  private static Set<String> with(String... others) {
    return Stream.concat(FILTERS.stream(), Stream.of(others))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Reads the filters and the cursor; what is wrong is told by {@link Parameters#check}. */
  public static QuarantineQuery of(Parameters parameters, @Nullable RecordState state) {
    QuarantineFilter filter =
        new QuarantineFilter(
            parameters.any("reason", Reason.class),
            new Provenance(
                text(parameters, "source"), text(parameters, "tenant"), text(parameters, "topic")),
            time(parameters, "since"),
            time(parameters, "until"),
            state);
    return new QuarantineQuery(filter, parameters.cursor(filter, Mark::parse));
  }

  private static @Nullable Instant time(Parameters parameters, String name) {
    return parameters.read(name, TimeText::parse, "a time such as 2026-11-24T18:00:00Z");
  }

  public static @Nullable RecordState state(Parameters parameters) {
    return parameters.read("state", RecordState::of, "open, replayed or discarded");
  }

  private static @Nullable String text(Parameters parameters, String name) {
    return parameters.read(
        name,
        text ->
            Optional.of(text)
                .filter(it -> !it.isEmpty() && it.length() <= LONGEST && it.indexOf('\0') < 0),
        "1 to %d characters, the whole of what the record claims".formatted(LONGEST));
  }
}
