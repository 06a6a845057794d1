package dev.berth.store.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolIntent;
import dev.berth.nodepool.PoolName;
import dev.berth.nodepool.decide.Growth.Demand;
import dev.berth.plan.Plan.PoolTerms;
import dev.berth.plan.capacity.Footprint;
import dev.berth.store.Samples;
import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.store.tenants.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class NodePoolsTest {

  private static final PoolTerms TERMS = new PoolTerms("Standard_D8s_v5", 0, 10);
  private static final PoolTerms OTHER = new PoolTerms("Standard_D16s_v5", 0, 10);
  private static final PoolName POOL = PoolName.of(TERMS.vmSize());
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofSeconds(5);

  @Inject NodePools pools;
  @Inject PoolDemands demands;
  @Inject Tenants tenants;
  @Inject DataSource dataSource;

  @BeforeEach
  void twoPools() throws Exception {
    nothingIsLeft();
    pools.keep(List.of(TERMS, OTHER));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    Sql.run(dataSource, "TRUNCATE node_pool, tenant, placement CASCADE");
  }

  @Test
  void oneAtATimeIsWorkedOn() {
    PoolClaim first = claim().orElseThrow();

    assertThat(claim()).isEmpty();
    record(first, first.pool());
    assertThat(claim()).map(claim -> claim.pool().terms()).contains(OTHER);
  }

  /** Often, as two readings of a clock are mostly alike. */
  @Test
  void aPoolIsDueAgainWhenItsLookSays() {
    for (int i = 0; i < 40; i++) {
      PoolClaim claim = claimAtOnce();
      assertDueIn(AGAIN, () -> record(claim, claim.pool()));
    }
  }

  @Test
  void aPoolThatIsMadeDueWhileItIsLookedAtIsLookedAtSoon() {
    PoolClaim claim = claimAtOnce();

    assertDueIn(
        SOON,
        () -> {
          pools.makeAllDue();
          record(claim, claim.pool());
        });
  }

  @Test
  void nobodyHurriesAPoolThatWaitsForTheProvider() {
    PoolClaim claim = claimAtOnce();
    Instant again = Instant.now().plusSeconds(25);
    record(claim, claim.pool().with(claim.pool().progress().failed(1, again)));
    String written = one("xmin");
    QuarkusTransaction.requiringNew().run(() -> pools.makeDue(POOL));
    await().until(() -> !one("xmin").equals(written));
    pools.makeAllDue();

    assertThat(one("next_run_at = retry_at")).isEqualTo("t");
  }

  @Test
  void aPoolIsMadeDueOnceTheCallerHasCommitted() {
    PoolClaim claim = claimAtOnce();
    record(claim, claim.pool());
    Instant before = tenants.now();
    QuarkusTransaction.requiringNew().run(() -> pools.makeDue(POOL));

    await()
        .untilAsserted(
            () -> assertThat(due()).isBetween(before.plus(SOON), tenants.now().plus(SOON)));
  }

  @Test
  void aClaimIsVoidAfterTheNext() throws Exception {
    PoolClaim late = claimAtOnce();
    PoolClaim current = claimAtOnce();

    assertThat(isValid(late)).isFalse();
    assertThat(isValid(current)).isTrue();
    record(current, current.pool());
    assertThat(isValid(current)).isFalse();
  }

  @Test
  void whatWasBegunIsReadByTheNext() throws Exception {
    PoolClaim claim = claimAtOnce();
    QuarkusTransaction.requiringNew()
        .run(() ->
            pools.remember(pools.lock(claim).orElseThrow().intending(new PoolIntent(true, 3))));

    assertThat(claimAtOnce().pool().intent()).isEqualTo(new PoolIntent(true, 3));
  }

  @Test
  void otherTermsLetWhatFailedBeTriedAgain() {
    PoolClaim claim = claimAtOnce();
    record(
        claim,
        claim.pool().with(claim.pool().progress().failed(4, Instant.now().plusSeconds(900))));

    assertDueIn(SOON, () -> pools.keep(List.of(new PoolTerms(TERMS.vmSize(), 1, 20))));
    assertThat(pools.find(POOL)).map(NodePool::progress).contains(NodePool.Progress.NONE);
  }

  @Test
  void whatANewerBerthSaidOfAPoolHoldsUpNothing() throws Exception {
    Sql.run(
        dataSource,
        """
        UPDATE node_pool SET announced = 3, conditions =
          '{"list":[{"aspect":"Fit","reason":"OfTomorrow","message":"","since":"2026-11-29T02:00:00Z"}]}'
        """);
    PoolClaim claim = claimAtOnce();

    assertThat(claim.pool().progress().conditions().list()).isEmpty();
    assertThat(claim.pool().progress().announced()).isEqualTo(3);
    record(claim, claim.pool());
  }

  @Test
  void aTenantNeedsTheLargerOfWhatItHasAndWhatItWaitsFor() throws Exception {
    placed("a", "1000, 10, 2, null, null, null");
    placed("b", "1000, 10, 2, 4000, 40, 2");
    placed("c", "1000, 10, 2, 500, 5, 1");
    placed("d", "0, 0, 0, 4000, 40, 2");

    assertThat(demands.of(POOL))
        .containsExactly(
            new Demand(new Footprint(500, 5), 4), new Demand(new Footprint(2000, 20), 4));
    assertThat(demands.waiting(POOL)).isEqualTo(3);
  }

  @Test
  void aTenantThatMovesNeedsWhatItWaitsForAndNotWhatItHasElsewhere() throws Exception {
    placed("smaller", "1000, 10, 2, 500, 5, 1");
    Sql.run(dataSource, "UPDATE placement SET pool = 'old', wanted_pool = 'managed'");
    assertThat(demands.of(POOL)).containsExactly(new Demand(new Footprint(500, 5), 1));
  }

  private void placed(String tenant, String amounts) throws Exception {
    QuarkusTransaction.requiringNew().run(() -> tenants.remember(Samples.tenant(tenant)));
    Sql.run(
        dataSource,
        """
        INSERT INTO placement (tenant_id, pool, priority, arrived_at, memory, cpu, sandboxes,
                               wanted_memory, wanted_cpu, wanted_sandboxes, node_pool)
        VALUES ('%s', 'managed', 50, now(), %s, '%s')
        """
            .formatted(tenant, amounts, POOL));
  }

  private Optional<PoolClaim> claim() {
    return pools.claim(List.of(POOL, PoolName.of(OTHER.vmSize())), LEASE);
  }

  private PoolClaim claimAtOnce() {
    try {
      Sql.run(dataSource, "UPDATE node_pool SET next_run_at = now(), lease_until = NULL");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return pools.claim(List.of(POOL), LEASE).orElseThrow();
  }

  private void record(PoolClaim claim, NodePool pool) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          pools.lock(claim).orElseThrow();
          pools.record(claim, pool, AGAIN);
        });
  }

  private boolean isValid(PoolClaim claim) {
    return QuarkusTransaction.requiringNew().call(() -> pools.lock(claim).isPresent());
  }

  /** By the change, however long that takes, and however much later it is seen. */
  private void assertDueIn(Duration wait, Runnable change) {
    Instant before = tenants.now();
    change.run();
    assertThat(due()).isBetween(before.plus(wait), tenants.now().plus(wait));
  }

  private Instant due() {
    String micros = one("(extract(epoch FROM next_run_at) * 1000000)::bigint");
    return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
  }

  private String one(String column) {
    try {
      return Sql.one(
          dataSource, "SELECT %s FROM node_pool WHERE name = '%s'".formatted(column, POOL));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
