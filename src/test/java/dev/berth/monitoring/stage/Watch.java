package dev.berth.monitoring.stage;

import static dev.berth.journey.stage.Stage.eventually;

import dev.berth.operations.BacklogGauges;
import dev.berth.operations.CapacityGauges;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Scrapes Berth as often as a story needs it, and remembers what it found. */
public final class Watch {

  private static final List<String> MOVING =
      List.of("ACCEPTED", "PROVISIONING", "UPDATING", "DEPROVISIONING", "\"OFFBOARDING\"");

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final BacklogGauges backlog;
  private final CapacityGauges capacity;
  private final Recording recording = new Recording();
  private final Set<String> seen = new TreeSet<>();

  public Watch(BacklogGauges backlog, CapacityGauges capacity) {
    this.backlog = backlog;
    this.capacity = capacity;
  }

  /** What Berth shows now, and not up to 15 s ago. */
  private Snapshot look() {
    backlog.refresh();
    capacity.refresh();
    Snapshot snapshot = Snapshot.take();
    snapshot.series().keySet().forEach(key -> seen.add(key.replaceFirst("\\{.*", "")));
    return snapshot;
  }

  /** A look while nothing waits that will not wait for long. */
  public Snapshot calm() {
    return until(any -> true);
  }

  /** The first look that shows it, while nothing else waits. */
  public Snapshot until(Predicate<Snapshot> shows) {
    return untilBusy(snapshot -> isCalm(snapshot) && shows.test(snapshot));
  }

  /** The first look that shows it. */
  public Snapshot untilBusy(Predicate<Snapshot> shows) {
    return eventually(PATIENCE).until(this::look, shows::test);
  }

  /** Not what would go on for hours if it were stretched, and is over in a moment. */
  private static boolean isCalm(Snapshot snapshot) {
    return !(snapshot.sum("berth_outbox_oldest_seconds") > 0)
        && !(snapshot.sum("berth_due_oldest_seconds") > 0)
        && !(snapshot.sum("berth_relay_failing") > 0)
        && !(snapshot.sum("berth_record_oldest_unacknowledged_seconds") > 0)
        && MOVING.stream().noneMatch(phase -> snapshot.sum("berth_tenants", phase) > 0);
  }

  /**
   * Records a fault.
   *
   * @param alerts that it leads to, as {@code <name> <severity>}
   */
  public void records(String fault, Snapshot before, Snapshot during, String... alerts) {
    recording.add(new RuleTest(fault, before, during, 1), alerts);
  }

  /** The same where it happens so seldom that it says nothing. */
  public void recordsSeldom(String fault, Snapshot before, Snapshot during, String... alerts) {
    recording.add(new RuleTest(fault, before, during, 40), alerts);
  }

  public Recording recording() {
    return recording;
  }

  /** Names of all series that were ever there. */
  public Set<String> seen() {
    return seen;
  }
}
