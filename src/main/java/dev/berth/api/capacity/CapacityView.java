package dev.berth.api.capacity;

import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Canary;
import dev.berth.plan.capacity.Room;
import dev.berth.store.search.PoolRooms.InLine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes for sandboxes as the API shows them. Nothing is said of what was not read.
 *
 * @param readAt when all of it was read
 * @param factsKnown whether the cluster was known then; else nothing is said of its nodes
 * @param nodePools where the node pools are that Berth looks after
 */
public record CapacityView(
    Instant readAt, boolean factsKnown, List<PoolView> pools, String nodePools) {

  /**
   * Nodes that one or more RuntimeClasses select.
   *
   * @param pool their selector
   */
  public record PoolView(
      String pool,
      List<ClassView> classes,
      @Nullable NodesView nodes,
      RoomsView rooms,
      @Nullable WaitView line) {}

  /** A RuntimeClass. */
  public record ClassView(
      String name, String handler, Room overhead, Canary canary, List<String> taints) {

    static ClassView of(SandboxClass runtime) {
      Room overhead = new Room(runtime.memoryOverhead(), runtime.cpuOverhead(), 0);
      return new ClassView(
          runtime.name(), runtime.handler(), overhead, runtime.canary(), runtime.taints());
    }
  }

  /**
   * Ready nodes.
   *
   * @param allocatable of all of them, as far as it is given to tenants
   */
  public record NodesView(int ready, Room allocatable) {}

  /**
   * Amounts of memory in bytes, CPU in thousandths of a core, and sandboxes.
   *
   * @param promised by what tenants are granted
   * @param free what is left for others; null = the nodes are not known
   * @param used by pods that run; null = not every quota is known
   * @param wanted by those who wait, in the place of what they take
   */
  public record RoomsView(Room promised, @Nullable Room free, @Nullable Room used, Room wanted) {}

  /**
   * Who waits; none is told where nobody does.
   *
   * @param held how many wait behind the first
   * @param first in their order, the first of them
   * @param rest where the whole line is
   */
  public record WaitView(long waiting, long held, List<WaiterView> first, String rest) {}

  /** One who waits, since {@code arrived}. */
  public record WaiterView(String tenantId, int priority, Instant arrived, Room wanted) {

    static WaiterView of(InLine waiter) {
      return new WaiterView(
          waiter.place().tenant(),
          waiter.place().priority(),
          waiter.place().arrived(),
          waiter.wanted());
    }
  }

  /** A page of the line. */
  record LinePage(List<WaiterView> items, @Nullable String nextCursor) {}
}
