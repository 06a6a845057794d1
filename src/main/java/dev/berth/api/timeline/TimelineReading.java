package dev.berth.api.timeline;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.berth.api.timeline.TimelineEntry.Deed;
import dev.berth.api.timeline.TimelineEntry.Ending;
import dev.berth.api.timeline.TimelineEntry.EntryDetail;
import dev.berth.api.timeline.TimelineEntry.Sender;
import dev.berth.api.timeline.TimelineEntry.Span;
import dev.berth.api.timeline.TimelineEntry.Upshot;
import dev.berth.event.outgoing.StepType;
import dev.berth.event.outgoing.TimelineStep;
import dev.berth.store.actions.Action;
import dev.berth.store.search.TimelineRows.Happening;
import dev.berth.store.search.TimelineRows.Treatment;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Reason.Weight;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stored rows to entries. Pure. */
final class TimelineReading {

  private static final Set<String> FAILED_STEPS =
      Stream.of(
              StepType.REJECTED,
              StepType.PROVISIONING_FAILED,
              StepType.BLOCKED,
              StepType.DEGRADED,
              StepType.OFFBOARDING_BLOCKED)
          .map(StepType::type)
          .collect(toUnmodifiableSet());
  private static final Set<Weight> FAILURES =
      EnumSet.of(Weight.RETRY, Weight.BLOCK, Weight.REFUSAL);
  private static final String ACTION = "action";
  private static final Set<String> FAILED_REQUESTS = Set.of("REJECTED", "EXPIRED");

  private TimelineReading() {}

  static TimelineEntry entry(Happening row) {
    Treatment handling = row.handling();
    byte[] payload = row.payload();
    if (handling != null) {
      return row.moment().kind().equals(ACTION) ? action(row, handling) : request(row, handling);
    }
    return step(row, payload == null ? new byte[0] : payload);
  }

  private static TimelineEntry request(Happening row, Treatment handling) {
    boolean failed = FAILED_REQUESTS.contains(handling.verdict());
    Long generation = handling.generation() == 0 ? null : handling.generation();
    Sender sender = new Sender(handling.source(), row.moment().id(), generation);
    Upshot upshot = new Upshot(null, handling.verdict(), handling.reason());
    return entry(row, failed, new EntryDetail(null, upshot, handling.message(), sender, null));
  }

  private static TimelineEntry action(Happening row, Treatment done) {
    boolean failed = done.verdict().equals(Action.State.FAILED.name());
    Deed deed = new Deed(row.moment().id(), done.source(), done.reason(), done.verdict());
    return entry(row, failed, new EntryDetail(null, Upshot.NONE, done.message(), null, deed));
  }

  private static TimelineEntry step(Happening row, byte[] payload) {
    TimelineStep step =
        TimelineStep.of(Long.parseLong(row.moment().id()), row.type(), Map.of(), payload);
    Upshot upshot = new Upshot(step.phase(), null, step.reason());
    return entry(
        row,
        FAILED_STEPS.contains(row.type()) || isFailure(step.reason()),
        new EntryDetail(step.sequence(), upshot, step.message(), null, null));
  }

  private static boolean isFailure(@Nullable String reason) {
    return Arrays.stream(Reason.values())
        .anyMatch(known -> known.name().equals(reason) && FAILURES.contains(known.weight()));
  }

  private static TimelineEntry entry(Happening row, boolean failed, EntryDetail detail) {
    Span span = Span.at(row.moment().at());
    Ending outcome = failed ? Ending.FAILED : Ending.OK;
    return new TimelineEntry(row.moment().kind(), span, outcome, row.type(), detail);
  }
}
