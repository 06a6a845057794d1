package dev.berth.plan.capacity;

import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
   * The first of those who wait.
   *
   * @param wanted what it shall take instead of what it takes
   */
  public record Head(TenantId tenant, Room wanted) {}

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

  /**
   * The same with what the tenant takes beyond it: what it gives up counts until nothing of it runs
   * there and nothing can.
   *
   * @param usage empty = not known, so it keeps what it has
   */
  public Placement keeping(Optional<Usage> usage) {
    return new Placement(plan, runtime, held, wanted.most(usage.map(Usage::reach).orElse(held)));
  }

  /** What is said of a tenant that runs more than it is granted. */
  public Optional<Work.Finding> overGrant(Usage usage) {
    return usage.used().isWithin(wanted)
        ? Optional.empty()
        : Optional.of(
            new Work.Finding(
                ConditionType.PlacementReady,
                Reason.OverGrant,
                ("its pods take %s and it is granted %s: none new can start, and nobody else is given the room of what"
                        + " runs beyond the grant; end pods, or ask for more")
                    .formatted(usage.used(), wanted)));
  }

  /**
   * Why the tenant has no place on the waiting list; empty = it fits once others have left.
   *
   * @param most the nodes that there are and that may be added without anybody deciding it
   */
  public Optional<Work.Finding> neverFits(List<SandboxClass.Nodes> most, Ceiling limits) {
    Room capacity = Room.on(most, limits.overcommit());
    Room missing = wanted.beyond(capacity);
    return missing.equals(Room.NONE)
        ? Optional.empty()
        : Optional.of(
            new Work.Finding(
                ConditionType.PlacementReady,
                Reason.PoolTooSmall,
                ("%s; all %d nodes that it has or may get have %s with nothing else on them, so %s is missing; add nodes, ask"
                        + " for fewer sandboxes, or choose another plan: it continues automatically once they are enough")
                    .formatted(demand(), count(most), capacity, missing)));
  }

  private static int count(List<SandboxClass.Nodes> nodes) {
    return nodes.stream().mapToInt(SandboxClass.Nodes::count).sum();
  }

  /** What the nodes have that nobody takes. */
  public Room free(Line line, Ceiling limits) {
    return Room.on(runtime.nodes(), limits.overcommit()).beyond(line.taken().plus(held));
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
   * @param head null = nobody waits any more
   * @param free what nobody takes
   */
  public static Work.Finding behind(long ahead, Reason reason, @Nullable Head head, Room free) {
    String first =
        head == null
            ? ""
            : "tenant %s is first and waits to have %s, free now is %s; "
                .formatted(head.tenant(), head.wanted(), free);
    return new Work.Finding(
        ConditionType.PlacementReady,
        reason,
        "position %d on the waiting list: %sits turn comes when those ahead of it have room; it continues automatically"
            .formatted(ahead + 1, first));
  }

  private Work.Finding waits(Reason reason, Line line, String why) {
    String position = "position %d on the waiting list: ".formatted(line.ahead() + 1);
    return new Work.Finding(ConditionType.PlacementReady, reason, position + why);
  }

  private String noRoom(Room capacity, Line line, Room missing) {
    return "%s; its %d Ready nodes have %s%s, so %s is missing; add nodes, or wait until tenants leave"
        .formatted(demand(), runtime.readyNodes(), capacity, promised(line, capacity), missing);
  }

  private String demand() {
    return "%d sandboxes of plan %s with the overhead of RuntimeClass %s take %s"
        .formatted(wanted.sandboxes(), plan.id(), runtime.name(), wanted);
  }

  private static String promised(Line line, Room capacity) {
    String taken =
        line.taken().equals(Room.NONE)
            ? ""
            : ", others take %s and leave %s"
                .formatted(line.taken(), capacity.beyond(line.taken()));
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
