package dev.berth.nodepool.decide;

import static java.util.stream.Collectors.joining;

import dev.berth.nodepool.Aspect;
import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.NodePool.Progress;
import dev.berth.nodepool.NodePool.Size;
import dev.berth.nodepool.PoolCondition;
import dev.berth.nodepool.PoolConditions;
import dev.berth.nodepool.PoolIntent;
import dev.berth.nodepool.Subnets;
import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.cloud.ClusterReading;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.decide.PoolSight.Means;
import dev.berth.nodepool.decide.PoolSight.Seen;
import dev.berth.nodepool.preflight.PoolFinding;
import dev.berth.plan.Plan.PoolTerms;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A node pool, what is seen of it, and what is decided then, in one line. */
final class PoolScene {

  static final UUID INSTALLATION = UUID.fromString("00000000-0000-0000-0000-00000000000b");
  static final Instant NOW = Instant.parse("2026-11-29T02:00:00Z");

  private final List<PoolReading> pools = new ArrayList<>();
  private final List<PoolFinding> preflight = new ArrayList<>();
  private final List<PoolFinding> growing = new ArrayList<>();
  private NodePool pool = NodePool.unknown(new PoolTerms(Readings.SIZE, 0, 10));
  private String clusterState = "Succeeded";
  private List<Subnets> subnets = List.of();
  private int needed;
  private int ready;
  private boolean ensures = true;
  private Instant now = NOW;

  PoolScene needs(int nodes) {
    needed = nodes;
    return this;
  }

  PoolScene ready(int nodes) {
    ready = nodes;
    return this;
  }

  PoolScene observing() {
    ensures = false;
    return this;
  }

  PoolScene has(PoolReading reading) {
    pools.removeIf(known -> known.name().equals(reading.name()));
    pools.add(reading);
    return this;
  }

  PoolScene poolsIn(Subnets... each) {
    subnets = List.of(each);
    return this;
  }

  PoolScene isGone() {
    pools.clear();
    return this;
  }

  PoolScene clusterIs(String state) {
    clusterState = state;
    return this;
  }

  PoolScene found(Reason reason) {
    preflight.add(new PoolFinding(reason, "as found"));
    return this;
  }

  PoolScene cannotGive(Reason reason) {
    growing.add(new PoolFinding(reason, "as found"));
    return this;
  }

  PoolScene began(boolean creates, int count) {
    pool = pool.intending(new PoolIntent(creates, count));
    return this;
  }

  PoolScene later(Duration time) {
    now = now.plus(time);
    return this;
  }

  PoolScene retryAt(@Nullable Instant again) {
    pool = pool.with(pool.progress().failed(1, again));
    return this;
  }

  PoolScene remembers(Aspect aspect, Reason reason) {
    Progress before = pool.progress();
    PoolCondition condition = new PoolCondition(aspect, reason, "as remembered", NOW);
    PoolConditions conditions = before.conditions().with(List.of(condition));
    pool = pool.with(before.with(conditions, new Size(needed, 0, 0, 0, needed)));
    return this;
  }

  /** The write was refused, or was not answered. */
  PoolScene unwritten(String code) {
    PoolDecision decision = decide();
    PoolIntent write = decision.write();
    if (write == null) {
      throw new IllegalStateException("nothing is written");
    }
    pool = PoolOutcomes.unwritten(decision.applied(read()), write, failure(code), sight().means());
    return this;
  }

  PoolScene unread(String code) {
    pool = PoolOutcomes.unread(pool, failure(code), sight().means());
    return this;
  }

  /** The write was taken in hand. */
  PoolScene written() {
    PoolDecision decision = decide();
    pool = decision.applied(read()).intending(decision.write());
    return this;
  }

  /** What a look says is remembered. */
  PoolScene looked() {
    pool = decide().applied(read());
    return this;
  }

  NodePool pool() {
    return pool;
  }

  NodePool read() {
    return PoolOutcomes.read(pool, sight());
  }

  PoolDecision decide() {
    return PoolDecision.of(read(), sight());
  }

  /** The write, then the reasons in the order of the aspects. */
  String says() {
    PoolDecision decision = decide();
    PoolIntent write = decision.write();
    String written =
        write == null ? "nothing" : (write.creates() ? "create " : "grow to ") + write.count();
    return written
        + ": "
        + decision.conditions().stream().map(c -> c.reason().name()).collect(joining(" "));
  }

  String message(Aspect aspect) {
    return decide().applied(read()).progress().conditions().get(aspect).orElseThrow().message();
  }

  private PoolSight sight() {
    ClusterReading cluster =
        new ClusterReading(
            "westeurope",
            "1.36.3",
            clusterState,
            new ClusterReading.Networking("cilium", "cilium", false, false, subnets),
            pools);
    return new PoolSight(
        cluster,
        preflight,
        new Growth(needed, needed, growing),
        new Seen(1, ready),
        new Means(ensures, INSTALLATION, now, 1));
  }

  static CloudFailure failure(String code) {
    return new CloudFailure(code, "as Azure says", null, null);
  }
}
