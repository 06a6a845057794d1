package dev.berth.provisioning.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Overhead;
import dev.berth.plan.Samples;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Nodes;
import dev.berth.plan.capacity.Pool;
import dev.berth.plan.capacity.Room;
import dev.berth.provisioning.Pieces;
import dev.berth.provisioning.WithoutACluster;
import dev.berth.provisioning.work.Planning.Planned;
import dev.berth.store.Sql;
import dev.berth.store.tenants.Placements;
import dev.berth.store.tenants.Placements.Applicant;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A plan that is only made to be told, beside one that is carried out. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class RehearsalTest {

  private static final long GIBI = 1L << 30;
  private static final String WAITING =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";

  private final Rehearsal rehearsal;
  private final Tenants tenants;
  private final Placements placements;
  private final DataSource database;
  private final TenantId id = new TenantId("r" + UUID.randomUUID().toString().substring(0, 8));
  private final SandboxClass kata =
      new SandboxClass(
          "kata",
          "kata",
          new Overhead(600L << 20, 0),
          new SandboxClass.Places(
              Map.of(UUID.randomUUID().toString(), "kata"),
              List.of(),
              List.of(new Nodes(1, 64 * GIBI, 64_000, 100)),
              List.of()),
          SandboxClass.Canary.DEFAULTS);

  RehearsalTest(Rehearsal rehearsal, Tenants tenants, Placements placements, DataSource database) {
    this.rehearsal = rehearsal;
    this.tenants = tenants;
    this.placements = placements;
    this.database = database;
  }

  /**
   * Else each waits for what the other holds, and the database ends one of them: maybe the claim,
   * and with it all that it took.
   */
  @Test
  void aPreviewWaitsForTheClaimThatPlansItsTenant() throws Exception {
    Tenant tenant = new Pieces().accepted(id.value());
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.save(tenant);
          placements.await(new Applicant(id, Pool.of(kata), 0), new Room(GIBI, 1000, 1));
        });

    try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Optional<Planned>> preview = claim(beside);
      assertThat(preview.get(1, TimeUnit.MINUTES)).isPresent();
    }
  }

  /** What is held back leaves the line at once; the next tenant that is claimed looks for room. */
  private Future<Optional<Planned>> claim(ExecutorService beside) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          tenants.lock(id);
          placements.leaveWaitingList(id);
          Future<Optional<Planned>> preview =
              beside.submit(() -> rehearsal.plan(id, same -> same, facts()));
          await().until(() -> !Sql.one(database, WAITING).equals("0"));
          placements.lock();
          return preview;
        });
  }

  private ClusterFacts facts() {
    ClusterFacts healthy = Samples.healthy();
    return new ClusterFacts(true, List.of(kata), healthy.admission(), healthy.network());
  }
}
