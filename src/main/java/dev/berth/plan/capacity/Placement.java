package dev.berth.plan.capacity;

import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.util.Optional;

/**
 * Whether the nodes have room for a tenant's sandboxes now, after all that was promised to others
 * and to those who come before it. Pure.
 *
 * @param held what the tenant takes already
 * @param wanted what it shall take instead
 */
public record Placement(Plan plan, SandboxClass runtime, Room held, Room wanted) {

  /**
   * The others that share the nodes.
   *
   * @param taken by all of them
   * @param ahead how many of them wait and come first, by priority and arrival
   * @param wantedAhead what these wait for, beside what they take
   * @param starting sandboxes of those that were given room a moment ago
   */
  public record Line(Room taken, int ahead, Room wantedAhead, long starting) {}

  /**
   * What the operator allows.
   *
   * @param overcommit how much of the nodes' memory and CPU is promised; 1 = what they have
   * @param startsPerNode sandboxes that may start at once per Ready node
   */
  public record Ceiling(double overcommit, long startsPerNode) {}

  public static Placement of(Plan plan, SandboxClass runtime, Room held, int granted) {
    return new Placement(
        plan, runtime, held, Room.of(Footprint.of(plan.sandbox(), runtime), granted));
  }

  /** Why the tenant waits; empty = it may be given what it wants. */
  public Optional<Work.Finding> waits(Line line, Ceiling limits) {
    Room capacity = Room.on(runtime.nodes(), limits.overcommit());
    Room missing = line.taken().plus(line.wantedAhead()).plus(wanted).beyond(capacity);
    if (!missing.equals(Room.NONE)) {
      return Optional.of(waits(Reason.NoRoom, line, noRoom(capacity, line, missing)));
    }
    long startable = Footprint.times(limits.startsPerNode(), runtime.readyNodes());
    long more = wanted.beyond(held).sandboxes();
    long before = line.starting() + line.wantedAhead().sandboxes();
    if (before > 0 && before + more > startable) {
      return Optional.of(waits(Reason.TooManyStarts, line, tooManyStarts(before, more, startable)));
    }
    return Optional.empty();
  }

  /**
   * Of one that is not the first in the line.
   *
   * @param ahead how many wait before it
   */
  public static Work.Finding behind(long ahead, Reason reason) {
    return new Work.Finding(
        ConditionType.PlacementReady,
        reason,
        "position %d on the waiting list: its turn comes when those ahead of it have room; it continues automatically"
            .formatted(ahead + 1));
  }

  private Work.Finding waits(Reason reason, Line line, String why) {
    String position = "position %d on the waiting list: ".formatted(line.ahead() + 1);
    return new Work.Finding(ConditionType.PlacementReady, reason, position + why);
  }

  private String noRoom(Room capacity, Line line, Room missing) {
    return ("%d sandboxes of plan %s with the overhead of RuntimeClass %s take %s; its %d Ready nodes have %s%s, so %s is"
            + " missing; add nodes, or wait until tenants leave")
        .formatted(
            wanted.sandboxes(),
            plan.id(),
            runtime.name(),
            wanted,
            runtime.readyNodes(),
            capacity,
            promised(line),
            missing);
  }

  private static String promised(Line line) {
    String taken = line.taken().equals(Room.NONE) ? "" : ", others take " + line.taken();
    if (line.wantedAhead().equals(Room.NONE)) {
      return taken;
    }
    String ahead =
        line.ahead() == 1
            ? "1 tenant ahead of it waits"
            : "%d tenants ahead of it wait".formatted(line.ahead());
    return "%s, %s for %s".formatted(taken, ahead, line.wantedAhead());
  }

  private String tooManyStarts(long before, long more, long startable) {
    return ("%d sandboxes are starting or about to start and %d more would; %d Ready nodes start %d at once"
            + " (berth.capacity.starts-per-node); it continues automatically")
        .formatted(before, more, runtime.readyNodes(), startable);
  }
}
