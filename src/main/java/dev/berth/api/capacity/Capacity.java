package dev.berth.api.capacity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.api.capacity.CapacityView.ClassView;
import dev.berth.api.capacity.CapacityView.NodesView;
import dev.berth.api.capacity.CapacityView.PoolView;
import dev.berth.api.capacity.CapacityView.RoomsView;
import dev.berth.api.capacity.CapacityView.WaitView;
import dev.berth.api.capacity.CapacityView.WaiterView;
import dev.berth.api.figures.OnceInAWhile;
import dev.berth.api.figures.Ticks;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.capacity.Pool;
import dev.berth.plan.capacity.Room;
import dev.berth.plan.capacity.Usage;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.search.PoolRooms;
import dev.berth.store.search.PoolRooms.PlaceInLine;
import dev.berth.store.search.PoolRooms.PoolSum;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings together what the cluster has, what the store promised and what the quotas say. */
@ApplicationScoped
public class Capacity {

  private static final int FIRST = 50;

  private final PoolRooms rooms;
  private final Supplier<ClusterFacts> facts;
  private final Usage.Quotas quotas;
  private final ProvisioningConfig.CapacitySettings limits;
  private final Clock clock;
  private final OnceInAWhile<CapacityView> read;

  Capacity(
      PoolRooms rooms,
      Supplier<ClusterFacts> facts,
      Usage.Quotas quotas,
      ProvisioningConfig config,
      Clock clock,
      Ticks ticks) {
    this.rooms = rooms;
    this.facts = facts;
    this.quotas = quotas;
    this.limits = config.capacity();
    this.clock = clock;
    this.read = new OnceInAWhile<>(this::read, ticks);
  }

  /** All of one moment, which may be five seconds ago. */
  public CapacityView latest() {
    return read.latest();
  }

  private CapacityView read() {
    Instant readAt = clock.instant();
    ClusterFacts known = facts.get();
    Map<Pool, List<SandboxClass>> classes =
        known.classes().stream().collect(Collectors.groupingBy(Pool::of));
    Map<Pool, PoolSum> sums =
        rooms.sums().stream().collect(Collectors.toMap(PoolSum::pool, sum -> sum));
    TreeMap<String, Pool> all = new TreeMap<>();
    classes.keySet().forEach(pool -> all.put(pool.name(), pool));
    sums.keySet().forEach(pool -> all.put(pool.name(), pool));
    List<PoolView> pools =
        all.values().stream()
            .map(pool ->
                view(
                    sums.getOrDefault(pool, new PoolSum(pool, Room.NONE, Room.NONE, 0)),
                    classes.getOrDefault(pool, List.of()),
                    known.known()))
            .toList();
    return new CapacityView(readAt, known.known(), pools, "/api/v1/node-pools");
  }

  private PoolView view(PoolSum sum, List<SandboxClass> classes, boolean known) {
    NodesView nodes = known ? nodes(classes) : null;
    Room free = nodes == null ? null : nodes.allocatable().beyond(sum.promised());
    return new PoolView(
        sum.pool().name(),
        classes.stream().map(ClassView::of).toList(),
        nodes,
        new RoomsView(sum.promised(), free, known ? used(sum.pool()) : null, sum.wanted()),
        sum.waiting() == 0 ? null : line(sum));
  }

  /** Classes of one pool have the same nodes, but for those whose taints they do not tolerate. */
  private NodesView nodes(List<SandboxClass> classes) {
    List<SandboxClass.Nodes> most =
        classes.stream()
            .map(SandboxClass::nodes)
            .max((one, other) -> Integer.compare(count(one), count(other)))
            .orElse(List.of());
    return new NodesView(count(most), Room.on(most, limits.overcommit()));
  }

  private static int count(List<SandboxClass.Nodes> nodes) {
    return nodes.stream().mapToInt(SandboxClass.Nodes::count).sum();
  }

  private @Nullable Room used(Pool pool) {
    Room used = Room.NONE;
    for (String namespace : new TreeSet<>(rooms.namespaces(pool))) {
      Optional<Usage> usage = quotas.of(namespace);
      if (usage.isEmpty()) {
        return null;
      }
      used = used.plus(usage.get().used());
    }
    return used;
  }

  private WaitView line(PoolSum sum) {
    List<WaiterView> first =
        rooms.line(sum.pool(), PlaceInLine.FRONT, FIRST).stream().map(WaiterView::of).toList();
    String rest = "/api/v1/capacity/line?pool=" + URLEncoder.encode(sum.pool().name(), UTF_8);
    return new WaitView(sum.waiting(), sum.waiting() - 1, first, rest);
  }
}
