package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalogue.Plans;
import dev.berth.plan.Overhead;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.provisioning.WithoutACluster;
import dev.berth.provisioning.work.Placing.Grant;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Desired;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.Reason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is given room unasked, on a real PostgreSQL. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class PlacingOnPostgresTest {

  private static final long GIBI = 1L << 30;
  private static final Plan STARTER = Plans.sample("starter");

  private final String pools = UUID.randomUUID().toString();
  private final Tenant opened = opened();
  private final Tenants tenants;
  private final Placing placing;

  PlacingOnPostgresTest(Tenants tenants, Placing placing) {
    this.tenants = tenants;
    this.placing = placing;
  }

  /** G9. */
  @Test
  void aMoveToAnotherClassAsksForRoomAsANewTenantDoes() {
    QuarkusTransaction.requiringNew().run(() -> tenants.save(opened));

    assertThat(apply(kata("a", 0))).as("it stands there already").isInstanceOf(Grant.Given.class);
    Tenant inside = opened();
    QuarkusTransaction.requiringNew().run(() -> tenants.save(inside));
    assertThat(apply(inside, kata("b", 2 * GIBI))).isInstanceOf(Grant.Given.class);
    assertThat(apply(kata("b", 2 * GIBI)))
        .isInstanceOfSatisfying(
            Grant.Withheld.class,
            waiting -> assertThat(waiting.why().reason()).isEqualTo(Reason.NoRoom));
    assertThat(apply(kata("b", 8 * GIBI))).isInstanceOf(Grant.Given.class);
  }

  private Grant apply(SandboxClass runtime) {
    return apply(opened, runtime);
  }

  private Grant apply(Tenant tenant, SandboxClass runtime) {
    return QuarkusTransaction.requiringNew().call(() -> placing.apply(tenant, STARTER, runtime, 2));
  }

  private SandboxClass kata(String name, long memory) {
    return new SandboxClass(
        name,
        "kata",
        new Overhead(600L << 20, 0),
        new SandboxClass.Places(
            Map.of(pools, name),
            List.of(),
            List.of(new SandboxClass.Nodes(1, memory, 8000, 100)),
            List.of()),
        SandboxClass.Canary.DEFAULTS);
  }

  /** On class {@code a}, before room was counted. */
  private static Tenant opened() {
    Status status = Status.NONE.reached(1, STARTER.id()).movingTo("a", "kata");
    return new Tenant(
        new TenantId("p" + UUID.randomUUID().toString().substring(0, 8)),
        new Tenant.Life(1, List.of()),
        new Tenant.Revision(1, new Cause("correlation", "event", null)),
        new Desired(Desired.Mode.ACTIVE, 1, null, STARTER.id(), null),
        status);
  }
}
