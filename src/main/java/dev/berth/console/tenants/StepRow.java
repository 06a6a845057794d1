package dev.berth.console.tenants;

import dev.berth.console.Badge;
import dev.berth.event.outgoing.TimelineStep;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A step as a line.
 *
 * @param what the type of its event, without what is the same in all
 * @param mark null = the stored event does not tell the phase
 */
public record StepRow(
    TimelineStep step, String what, @Nullable Instant time, @Nullable Badge mark) {

  static StepRow of(TimelineStep step) {
    String phase = step.phase();
    return new StepRow(
        step,
        step.type()
            .replaceFirst("^dev\\.berth\\.(tenant|node-pool)\\.", "")
            .replaceFirst("\\.v1$", ""),
        instant(step.time()),
        phase == null ? null : Badge.ofPhase(phase));
  }

  private static @Nullable Instant instant(@Nullable String stored) {
    try {
      return stored == null ? null : OffsetDateTime.parse(stored).toInstant();
    } catch (DateTimeException notOne) {
      return null;
    }
  }
}
