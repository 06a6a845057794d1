package dev.berth.provisioning.pools;

import dev.berth.azure.AzureStand;
import dev.berth.local.azure.FakeAzure;
import dev.berth.nodepool.Aspect;
import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolIntent;
import dev.berth.nodepool.PoolName;
import dev.berth.nodepool.PoolPhase;
import dev.berth.nodepool.cloud.Cloud;
import dev.berth.plan.ClusterAdmission;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.Overhead;
import dev.berth.plan.Plan.PoolTerms;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Canary;
import dev.berth.plan.SandboxClass.Nodes;
import dev.berth.plan.SandboxClass.Places;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.pools.PoolConfig.AzureMode;
import dev.berth.store.Installation;
import dev.berth.store.Samples;
import dev.berth.store.Sql;
import dev.berth.store.pools.NodePools;
import dev.berth.store.pools.PoolClaim;
import dev.berth.store.pools.PoolDemands;
import dev.berth.store.tenants.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.spi.CDI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * One node pool, looked at when it says that it wants to be, on a clock that is set: the real work
 * and store before an Azure that things happen to.
 */
final class PoolStage {

  static final String POOL = "kd8sv5";
  static final PoolTerms TERMS = new PoolTerms("Standard_D8s_v5", 0, 10);

  private static final long MEMORY = 26L << 30;

  private final AzureStand stand = new AzureStand();
  private final DataSource dataSource = bean(DataSource.class);
  private final NodePools pools = bean(NodePools.class);
  private ClusterFacts facts = ClusterFacts.UNKNOWN;
  private Instant due = Instant.MIN;
  private CloudMemory memory = new CloudMemory(stand.clock());

  private static <T> T bean(Class<T> type) {
    return CDI.current().select(type).get();
  }

  void begin() {
    end();
    stand.start();
    memory = new CloudMemory(stand.clock());
    QuarkusTransaction.requiringNew()
        .run(() -> bean(Tenants.class).remember(Samples.tenant("umbrella")));
    pools.keep(List.of(TERMS));
    due = stand.clock().instant();
  }

  /** Row by row, which for so few is far quicker than to truncate. */
  void end() {
    sql(
        "DELETE FROM outbox; DELETE FROM placement; DELETE FROM tenant_namespace; DELETE FROM"
            + " tenant; DELETE FROM node_pool");
  }

  void stop() {
    stand.stop();
    end();
  }

  FakeAzure azure() {
    return stand.azure();
  }

  AzureStand stand() {
    return stand;
  }

  /** The process is gone, with all that it remembered. */
  void restart() {
    stand.restart();
    memory = new CloudMemory(stand.clock());
  }

  PoolWork work() {
    ProvisioningConfig config = bean(ProvisioningConfig.class);
    PoolConfig ensuring = PoolLines.config(AzureMode.ENSURE);
    PoolSights sights =
        new PoolSights(bean(PoolDemands.class), () -> facts, config, ensuring, memory);
    return new PoolWork(
        sights,
        new Timed(),
        bean(Installation.class),
        config,
        ensuring,
        bean(PoolMetrics.class),
        stand.clock());
  }

  /** Tenants wait for so many nodes: one sandbox fills one. */
  void needs(int nodes) {
    sql(
        """
        INSERT INTO placement (tenant_id, pool, priority, arrived_at, memory, cpu, sandboxes,
                               wanted_memory, wanted_cpu, wanted_sandboxes, node_pool)
        VALUES ('umbrella', 'managed', 50, now(), 0, 0, 0, %1$d * 1073741824::bigint, %1$d * 4000, %1$d, '%2$s')
        ON CONFLICT (tenant_id) DO UPDATE
           SET wanted_memory = %1$d * 1073741824::bigint, wanted_cpu = %1$d * 4000, wanted_sandboxes = %1$d
        """
            .formatted(nodes, POOL));
  }

  /** The cluster shows so many nodes of the pool. */
  void readyNodes(int count) {
    Places places =
        new Places(
            Map.of(), List.of(), List.of(new Nodes(POOL, count, MEMORY, 7500, 250)), List.of());
    SandboxClass runtime =
        new SandboxClass("kata", "kata", new Overhead(0, 0), places, Canary.UNPROVEN);
    facts =
        new ClusterFacts(true, List.of(runtime), ClusterAdmission.UNKNOWN, ClusterNetwork.UNKNOWN);
  }

  PoolClaim claim() {
    sql("UPDATE node_pool SET next_run_at = now() - interval '1 minute', lease_until = NULL");
    dueIn(PoolWorker.LEASE); // unless the look says something else
    return pools.claim(List.of(new PoolName(POOL)), PoolWorker.LEASE).orElseThrow();
  }

  boolean isClaimable() {
    return pools.claim(List.of(new PoolName(POOL)), PoolWorker.LEASE).isPresent();
  }

  void look() {
    look(stand.cloud());
  }

  void look(Cloud cloud) {
    work().look(claim(), cloud);
  }

  /** Each time that the pool is due, with nothing but that. */
  void goOn(Duration time) {
    Instant end = stand.clock().instant().plus(time);
    while (!due.isAfter(end)) {
      waitUntilDue();
      look();
    }
    stand.goOn(Duration.between(stand.clock().instant(), end));
  }

  /** Until the pool says that it is due, and a moment. */
  void waitUntilDue() {
    if (due.isAfter(stand.clock().instant())) {
      stand.goOn(Duration.between(stand.clock().instant(), due));
    }
  }

  /** And a moment. */
  private void dueIn(Duration wait) {
    due = stand.clock().instant().plusSeconds(wait.plusMillis(999).toSeconds() + 1);
  }

  /** When the pool is due next is by the clock of the database, which goes on meanwhile. */
  private final class Timed extends PoolRecords {

    private final PoolRecords records = bean(PoolRecords.class);

    @SuppressWarnings("NullAway") // all is done by the other
    Timed() {
      super(null, null, null);
    }

    @Override
    Optional<NodePool> current(PoolClaim claim) {
      return records.current(claim);
    }

    @Override
    boolean begin(PoolClaim claim, PoolIntent intent) {
      return records.begin(claim, intent);
    }

    @Override
    void end(PoolClaim claim, NodePool after, Duration next) {
      if (current(claim).isPresent()) {
        dueIn(next);
      }
      records.end(claim, after, next);
    }
  }

  NodePool pool() {
    return pools.find(new PoolName(POOL)).orElseThrow();
  }

  String reason(Aspect aspect) {
    return pool().progress().conditions().get(aspect).orElseThrow().reason().name();
  }

  /** In their order, with the type of each. */
  String events() {
    return one(
        """
        SELECT coalesce(string_agg(convert_from(payload, 'UTF8')::json ->> 'phase' || ' ' ||
                                   (convert_from(payload, 'UTF8')::json ->> 'reason'), ', ' ORDER BY agg_seq), '')
          FROM outbox WHERE topic = 'node-pool.lifecycle'
        """);
  }

  /** What was sent for the pool, whatever came of it. */
  List<String> puts() {
    return azure().journal().putsOf(POOL);
  }

  /** Numbers of nodes that were asked for, whatever came of it. */
  List<Integer> counts() {
    return puts().stream()
        .map(put -> AzureStand.json(put).at("/properties/count").asInt())
        .toList();
  }

  String state() {
    return azure().portal().pool(POOL).path("provisioningState").asText();
  }

  int requests() {
    return azure().journal().all().size();
  }

  /** Made by Berth, and its nodes are Ready. */
  void hasServed(int nodes) {
    needs(nodes);
    Instant latest = stand.clock().instant().plus(Duration.ofMinutes(10));
    do {
      waitUntilDue();
      look();
    } while (!isProvisioned() && stand.clock().instant().isBefore(latest));
    readyNodes(nodes);
    waitUntilDue();
    look();
    if (pool().phase() != PoolPhase.READY) {
      throw new IllegalStateException("not served: " + events());
    }
  }

  private boolean isProvisioned() {
    return reason(Aspect.Provisioned).equals("Applied");
  }

  void sql(String statement) {
    try {
      Sql.run(dataSource, statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String one(String query) {
    try {
      return Optional.ofNullable(Sql.one(dataSource, query)).orElse("");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
