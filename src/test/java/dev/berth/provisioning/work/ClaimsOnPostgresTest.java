package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.ClusterFacts;
import dev.berth.provisioning.WithoutACluster;
import dev.berth.provisioning.work.WakeUps.Sight;
import dev.berth.store.Sql;
import dev.berth.store.tenants.Outlook;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Reason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** G7: of the tenants that are claimed together one that is broken waits alone. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class ClaimsOnPostgresTest {

  private final Tenants tenants;
  private final Claims claims;
  private final DataSource dataSource;

  ClaimsOnPostgresTest(Tenants tenants, Claims claims, DataSource dataSource) {
    this.tenants = tenants;
    this.claims = claims;
    this.dataSource = dataSource;
  }

  /** What cannot be read would stand in the way of other tests. */
  @AfterEach
  void nothingIsLeft() throws Exception {
    Sql.run(
        dataSource,
        "TRUNCATE tenant, tenant_namespace, tenant_resource, placement, isolation_report, outbox CASCADE");
  }

  @BeforeEach
  void fourTenants() throws Exception {
    nothingIsLeft();
    for (String id : List.of("a", "b", "c", "d")) {
      QuarkusTransaction.requiringNew().run(() -> tenants.save(tenant(id)));
    }
  }

  @Test
  void oneThatCannotBeReadHoldsUpNoOther() throws Exception {
    Sql.run(
        dataSource,
        "UPDATE tenant SET desired = '{\"mode\":\"HIBERNATED\",\"generation\":3}' WHERE tenant_id = 'b'");
    assertThat(taken()).containsExactlyInAnyOrder("a", "c", "d");
    assertPutOff("b");
  }

  /** Its plan is gone from the row. */
  @Test
  void oneWhosePlanningFailsHoldsUpNoOther() throws Exception {
    Sql.run(
        dataSource,
        "UPDATE tenant SET desired = '{\"mode\":\"ACTIVE\",\"generation\":3,\"spec\":{\"generation\":3,\"displayName\":\"\",\"document\":\"{}\"}}' WHERE tenant_id = 'c'");
    assertThat(taken()).containsExactlyInAnyOrder("a", "b", "d");
    assertPutOff("c");
  }

  @Test
  void severalOfThemHoldUpNoOther() throws Exception {
    Sql.run(dataSource, "UPDATE tenant SET conditions = '7' WHERE tenant_id IN ('a', 'b', 'd')");
    assertThat(taken()).containsExactly("c");
  }

  private List<String> taken() {
    return claims
        .take(32, new Sight(ClusterFacts.UNKNOWN, new Outlook("guarantees", "everything")))
        .stream()
        .map(task -> task.claim().tenant().id().value())
        .toList();
  }

  private void assertPutOff(String tenant) throws Exception {
    assertThat(
            Sql.one(
                dataSource,
                "SELECT attempt = 1 AND next_run_at > now() AND lease_until IS NULL FROM tenant WHERE tenant_id = '%s'"
                    .formatted(tenant)))
        .isEqualTo("t");
  }

  private static Tenant tenant(String id) {
    TenantSpec spec =
        new TenantSpec(
            3, new PlanRef("starter", 1), "", List.of(), List.of(), Map.of(), null, null, "{}");
    Condition accepted =
        new Condition(
            ConditionType.Accepted,
            Condition.Truth.True,
            Reason.Accepted,
            "",
            3,
            Instant.parse("2026-11-24T18:00:00Z"));
    return new Tenant(
        new TenantId(id),
        new Tenant.Life(1, List.of()),
        new Tenant.Revision(1, new Cause("c", "e", null)),
        new Desired(Desired.Mode.ACTIVE, 3, spec, null, null),
        Status.NONE
            .with(Conditions.of(List.of(accepted)))
            .announcedAfter(Status.NONE, Instant.EPOCH));
  }
}
