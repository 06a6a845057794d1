package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Samples;
import dev.berth.plan.decide.Planner;
import dev.berth.provisioning.Pieces;
import dev.berth.provisioning.pools.PoolLines;
import dev.berth.provisioning.work.Claims.Task;
import dev.berth.provisioning.work.WakeUps.Sight;
import dev.berth.store.outbox.Outbox;
import dev.berth.store.tenants.Claim;
import dev.berth.store.tenants.Outlook;
import dev.berth.store.tenants.PlacementsInMemory;
import dev.berth.store.tenants.TenantsInMemory;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.Phase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is taken on, and what one that cannot be does to the others. */
class ClaimsTest {

  private final Pieces pieces =
      new Pieces(Map.of("berth.work.lease", "30s", "berth.work.lease-margin", "5s"));
  private final TenantsInMemory tenants = new TenantsInMemory();
  private final Placing placing = PlacingTest.placing(new PlacementsInMemory(), pieces);
  private final Claims claims =
      claims(new Planning(new Planner(), pieces.plans, placing, PoolLines.off()));

  @BeforeEach
  void threeTenants() {
    List.of("a", "b", "c").forEach(id -> tenants.save(pieces.accepted(id)));
  }

  @Test
  void noMoreAreTakenThanThereAreHands() {
    assertThat(taken(claims, 2)).containsExactly("a", "b");
    assertThat(taken(claims, 2)).containsExactly("c");
    assertThat(taken(claims, 2)).isEmpty();
  }

  @Test
  void aLeaseThatRanOutIsCountedOnceItsTenantIsTakenOver() {
    Claim frozen = take(claims, 1).getFirst().claim();
    assertThat(expired()).isZero();

    tenants.isAbandoned(frozen);
    assertThat(taken(claims, 3)).containsExactly("b", "c", "a");
    assertThat(expired()).isEqualTo(1);
  }

  @Test
  void workStopsBeforeTheLeaseEnds() {
    assertThat(take(claims, 1))
        .extracting(Task::deadline)
        .containsExactly(pieces.clock.instant().plusSeconds(25));
  }

  @Test
  void whatIsPlannedIsStoredBeforeItIsCarriedOut() {
    Task task = take(claims, 1).getFirst();

    Tenant stored = tenants.find(new TenantId("a")).orElseThrow();
    assertThat(stored).isEqualTo(task.planned().tenant());
    assertThat(stored.namespaces()).isNotEmpty();
    assertThat(stored.phase()).isEqualTo(Phase.PROVISIONING);
    assertThat(pieces.outbox.on("tenant.lifecycle"))
        .extracting(Outbox.Message::type)
        .containsExactly("dev.berth.tenant.provisioning-started.v1");
  }

  @Test
  void ofABlockedTenantNothingIsStoredOrToldBeforeItsWork() {
    Task task = claims.take(1, new Sight(ClusterFacts.UNKNOWN, new Outlook("", ""))).getFirst();

    assertThat(task.planned().work().isBlocked()).isTrue();
    assertThat(tenants.find(new TenantId("a"))).contains(pieces.accepted("a"));
    assertThat(pieces.outbox.on("tenant.lifecycle")).isEmpty();
  }

  @Test
  void oneThatCannotBeReadWaitsAloneAndTheOthersAreTaken() {
    tenants.cannotBeRead("b");

    assertThat(taken(claims, 32)).containsExactlyInAnyOrder("a", "c");
    assertThat(tenants.putOff()).containsExactly(new TenantId("b"));
  }

  @Test
  void oneThatCannotBePlannedWaitsAloneAndTheOthersAreTaken() {
    Claims picky = claims(failingFor("b", new IllegalStateException("its plan is no plan")));

    assertThat(taken(picky, 32)).containsExactlyInAnyOrder("a", "c");
    assertThat(tenants.putOff()).containsExactly(new TenantId("b"));
    assertThat(pieces.meters.counter("berth.claims", "result", "unplannable").count()).isEqualTo(1);
  }

  @Test
  void anOutageOfTheDatabaseIsNoTenantsFault() {
    Claims unlucky =
        claims(failingFor("b", new IllegalStateException(new SQLException("gone", "08006"))));

    assertThatThrownBy(() -> take(unlucky, 32)).hasRootCauseMessage("gone");
    assertThat(tenants.putOff()).isEmpty();
  }

  private double expired() {
    return pieces.meters.counter("berth.claims", "result", "expired").count();
  }

  private Claims claims(Planning planning) {
    return new Claims(
        tenants,
        planning,
        pieces.announcer,
        new PlacementsInMemory(),
        pieces.metrics,
        pieces.config,
        pieces.clock);
  }

  private Planning failingFor(String tenant, RuntimeException failure) {
    return new Planning(new Planner(), pieces.plans, placing, PoolLines.off()) {
      @Override
      public Planned plan(Claim claim, ClusterFacts facts) {
        if (claim.tenant().id().value().equals(tenant)) {
          throw failure;
        }
        return super.plan(claim, facts);
      }
    };
  }

  private static List<Task> take(Claims claims, int limit) {
    return claims.take(limit, new Sight(Samples.healthy(), new Outlook("", "")));
  }

  private static List<String> taken(Claims claims, int limit) {
    return take(claims, limit).stream().map(task -> task.claim().tenant().id().value()).toList();
  }
}
