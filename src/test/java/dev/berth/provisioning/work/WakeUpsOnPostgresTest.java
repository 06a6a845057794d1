package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.catalogue.PlanDirectory;
import dev.berth.local.process.SettableClock;
import dev.berth.plan.ClusterAdmission;
import dev.berth.plan.ClusterAdmission.PolicyFault;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.ClusterNetwork;
import dev.berth.provisioning.Pieces;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.WithoutACluster;
import dev.berth.provisioning.work.WakeUps.Sight;
import dev.berth.store.Sql;
import dev.berth.store.tenants.Claim;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Desired;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Reason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** G4, L10: what becomes of a change of facts, on a real PostgreSQL. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class WakeUpsOnPostgresTest {

  private static final ClusterFacts SOUND = facts("v1.36.3");
  private static final ClusterFacts LOST = facts("v1.36.3", new PolicyFault("binding", null, true));

  private final Tenants tenants;
  private final PlanDirectory plans;
  private final ProvisioningConfig config;
  private final DataSource dataSource;
  private final SettableClock clock = new SettableClock();
  private final TenantId id = new TenantId("w" + UUID.randomUUID().toString().substring(0, 8));
  private ClusterFacts facts = SOUND;

  WakeUpsOnPostgresTest(
      Tenants tenants, PlanDirectory plans, ProvisioningConfig config, DataSource dataSource) {
    this.tenants = tenants;
    this.plans = plans;
    this.config = config;
    this.dataSource = dataSource;
  }

  @BeforeEach
  void aReadyTenantThatEveryReplicaKnowsWhole() {
    Condition ready =
        new Condition(
            ConditionType.Ready,
            Condition.Truth.True,
            Reason.Provisioned,
            "",
            1,
            Instant.parse("2026-11-29T02:00:00Z"));
    Condition accepted =
        new Condition(
            ConditionType.Accepted,
            Condition.Truth.True,
            Reason.Accepted,
            "",
            1,
            ready.lastTransitionTime());
    Tenant tenant =
        new Tenant(
            id,
            new Tenant.Life(1, List.of()),
            new Tenant.Revision(1, null),
            new Desired(Desired.Mode.ACTIVE, 1, null, null, null),
            Status.NONE.with(Conditions.of(List.of(accepted, ready))));
    QuarkusTransaction.requiringNew().run(() -> tenants.save(tenant));
    looks(replica("1"));
  }

  @Test
  void aLostGuardIsDeliveredOnceAndNotAgain() {
    WakeUps replica = delivered();

    facts = LOST;
    deliver(replica);
    assertThat(isDue()).isTrue();

    looks(replica);
    deliver(replica);
    assertThat(isDue()).isFalse();
  }

  @Test
  void whatConcernsNobodyWakesNobody() {
    WakeUps replica = delivered();

    facts = facts("v1.36.4");
    deliver(replica);

    assertThat(isDue()).isFalse();
  }

  @Test
  void whatAnOutageOfTheDatabaseHeldUpIsDeliveredAfterItAlsoByAnotherReplica() throws Exception {
    WakeUps replica = delivered();
    facts = LOST;
    Sql.run(dataSource, "ALTER TABLE tenant RENAME TO tenant_away");
    try {
      assertThatThrownBy(() -> deliver(replica)).isNotNull();
      assertThatThrownBy(() -> deliver(replica)).isNotNull();
    } finally {
      Sql.run(dataSource, "ALTER TABLE tenant_away RENAME TO tenant");
    }
    WakeUps restarted = replica("1");

    deliver(restarted);

    assertThat(isDue()).isTrue();
  }

  @Test
  void aTenantThatWasLookedAtWithWhatHasPassedIsLookedAtAgain() throws SQLException {
    WakeUps replica = delivered();
    facts = LOST;
    Sql.run(
        dataSource, "UPDATE tenant SET next_run_at = now() WHERE tenant_id = '%s'".formatted(id));
    looks(replica);
    facts = SOUND;

    deliver(replica);

    assertThat(isDue()).as("lost and back before it was delivered").isTrue();
  }

  @Test
  void whatAReplicaLookedAtThatKnewLessIsLookedAtAgainOnceItKnows() {
    WakeUps behind = delivered();
    Sight old = behind.look();
    facts = LOST;
    deliver(replica("1"));
    looks(old);

    deliver(behind);

    assertThat(isDue()).isTrue();
  }

  @Test
  void aTenantThatIsHeldJustThenIsDueSoonAfter() throws Exception {
    WakeUps replica = delivered();
    facts = LOST;
    try (Connection holder = dataSource.getConnection()) {
      holder.setAutoCommit(false);
      holder
          .createStatement()
          .execute("SELECT 1 FROM tenant WHERE tenant_id = '%s' FOR UPDATE".formatted(id));
      deliver(replica);
      holder.rollback();
    }
    assertThat(isDue()).isFalse();

    clock.goesOn(config.work().poll());
    deliver(replica);

    assertThat(isDue()).isTrue();
  }

  @Test
  void anotherReleaseLooksAtEveryTenantOnce() {
    WakeUps next = replica("2");

    deliver(next);
    assertThat(isDue()).isTrue();
    looks(next);

    deliver(replica("2"));
    assertThat(isDue()).isFalse();
  }

  @Test
  void whatAReplicaThatIsGoneHasLookedAtIsFoundSoon() {
    WakeUps stays = delivered();
    deliver(replica("0"));
    looks(replica("0"));

    deliver(stays);
    assertThat(isDue()).isFalse();
    clock.goesOn(Duration.ofMinutes(2));
    deliver(stays);
    assertThat(isDue()).isTrue();
  }

  @Test
  void replicasThatNeverAgreeDoNotPlayPingPong() {
    WakeUps one = delivered();
    WakeUps two = replica("2");
    int looks = 0;
    for (int minute = 0; minute < 24 * 60; minute++) {
      for (WakeUps replica : List.of(one, two)) {
        deliver(replica);
        if (isDue()) {
          looks(replica);
          looks++;
        }
      }
      clock.goesOn(Duration.ofMinutes(1));
    }
    assertThat(looks).as("a day, with a look at every hour anyway").isLessThan(90);
  }

  @Test
  void nothingIsDeliveredThatIsNotKnown() {
    WakeUps replica = delivered();

    facts = ClusterFacts.UNKNOWN;
    deliver(replica);

    assertThat(isDue()).isFalse();
  }

  private WakeUps replica(String version) {
    return new WakeUps(() -> facts, plans, tenants, config, new Pieces().metrics, clock, version);
  }

  private WakeUps delivered() {
    WakeUps replica = replica("1");
    deliver(replica);
    assertThat(isDue()).isFalse();
    return replica;
  }

  private static void deliver(WakeUps replica) {
    replica.deliver(replica.look());
  }

  private void looks(WakeUps replica) {
    looks(replica.look());
  }

  /** Claims what is due, records it, and lets it rest. */
  private void looks(Sight sight) {
    List<Claim> claims =
        QuarkusTransaction.requiringNew()
            .call(() -> tenants.claimDue("w", 1000, Duration.ofMinutes(5), sight.outlook()));
    for (Claim claim : claims) {
      QuarkusTransaction.requiringNew()
          .run(() ->
              tenants.record(
                  claim,
                  tenants.lock(claim).orElseThrow(),
                  new Tenants.Findings(Map.of(), Map.of(), Set.of()),
                  Duration.ofDays(30)));
    }
  }

  private boolean isDue() {
    try (Connection connection = dataSource.getConnection();
        var rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT 1 FROM tenant WHERE next_run_at <= now() AND tenant_id = '%s'"
                        .formatted(id))) {
      return rows.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ClusterFacts facts(String version, PolicyFault... faults) {
    return new ClusterFacts(
        true,
        List.of(),
        new ClusterAdmission(version, true, true, List.of(faults)),
        ClusterNetwork.UNKNOWN);
  }
}
