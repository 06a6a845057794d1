package dev.berth.provisioning.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Overhead;
import dev.berth.plan.Samples;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Nodes;
import dev.berth.plan.capacity.Pool;
import dev.berth.plan.capacity.Room;
import dev.berth.provisioning.Pieces;
import dev.berth.provisioning.WithoutACluster;
import dev.berth.provisioning.actions.ActionRefused;
import dev.berth.provisioning.work.Planning;
import dev.berth.store.actions.Tryout;
import dev.berth.store.tenants.Placements;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Desired.Move;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which moves are refused, by the rules that a claim plans by, on a real PostgreSQL. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class RehearsedMoveTest {

  private static final PlanVersion STARTER = new PlanVersion("starter", 1);
  private static final long GIBI = 1L << 30;

  private final Tenants tenants;
  private final Placements placements;
  private final Planning planning;
  private final Tryout tryout;
  private final String pools = UUID.randomUUID().toString();
  private final TenantId id = new TenantId("m" + UUID.randomUUID().toString().substring(0, 8));

  RehearsedMoveTest(Tenants tenants, Placements placements, Planning planning, Tryout tryout) {
    this.tenants = tenants;
    this.placements = placements;
    this.planning = planning;
    this.tryout = tryout;
  }

  /** It runs in class {@code a}. */
  @BeforeEach
  void aTenant() {
    Tenant accepted = new Pieces().accepted(id.value());
    Tenant open =
        accepted
            .with(accepted.desired().withPlan(STARTER))
            .with(accepted.status().reached(1, STARTER).movingTo("a", "kata"));
    QuarkusTransaction.requiringNew().run(() -> tenants.save(open));
  }

  @Test
  void aClassThatIsFitIsAcceptedAndNothingOfTheTrialIsLeft() {
    SandboxClass there = kata("b", nodes(64));

    Move order = accepted("b", kata("a", nodes(64)), there);

    assertThat(order.to()).isEqualTo(new RuntimeClass("b", "kata"));
    assertThat(order.plan()).isEqualTo(STARTER);
    assertThat(held(there)).as("room there").isFalse();
    assertThat(stored().orders().move()).as("who asks stores it").isNull();
  }

  @Test
  void thatOthersTookTheRoomThereIsAWaitAndNoObstacle() {
    SandboxClass there = kata("b", nodes(8));
    Tenant other = new Pieces().accepted(id.value() + "-o");
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.save(other);
          placements.place(
              new Placements.Applicant(other.id(), Pool.of(there), 0),
              new Room(8 * GIBI, 8000, 100));
        });

    assertThat(accepted("b", kata("a", nodes(64)), there).to().name()).isEqualTo("b");
    assertThat(held(there)).as("a place in the line").isFalse();
  }

  @Test
  void whatWillNotChangeByItselfRefuses() {
    SandboxClass a = kata("a", nodes(64));

    refuses("a", "already, or is on its way there", a);
    refuses("c", "name one of [a, b]", a, kata("b", nodes(64)));
    refuses("b", "no Ready node takes pods", a, kata("b"));
    refuses("b", "add larger nodes", a, kata("b", new Nodes(9, GIBI / 2, 8000, 100)));
    refuses("b", "nothing else on them", a, kata("b", new Nodes(1, 64 * GIBI, 64_000, 1)));
    assertThatThrownBy(() -> accepted("b", ClusterFacts.UNKNOWN))
        .isInstanceOf(ActionRefused.class)
        .hasMessageContaining("have not all been read yet");
  }

  @Test
  void whoIsOnItsWayThereIsNotSentAgainButMayBeSentBack() {
    SandboxClass[] both = {kata("a", nodes(64)), kata("b", nodes(64))};
    Move order = accepted("b", both);
    QuarkusTransaction.requiringNew()
        .run(() -> {
          Tenant now = tenants.lock(id).orElseThrow();
          tenants.save(now.ordered(now.orders().moved(order)));
        });

    assertThat(stored().orders().move()).isEqualTo(order);
    refuses("b", "already, or is on its way there", both);
    assertThat(accepted("a", both).to().name()).isEqualTo("a");
  }

  private void refuses(String to, String why, SandboxClass... classes) {
    assertThatThrownBy(() -> accepted(to, classes))
        .isInstanceOf(ActionRefused.class)
        .hasMessageContaining(why);
  }

  private Move accepted(String to, SandboxClass... classes) {
    ClusterFacts healthy = Samples.healthy();
    return accepted(
        to, new ClusterFacts(true, List.of(classes), healthy.admission(), healthy.network()));
  }

  private Move accepted(String to, ClusterFacts facts) {
    RehearsedMove trial = new RehearsedMove(planning, tenants, tryout, () -> facts);
    // To the millisecond, as it is stored.
    Move order =
        new Move(
            new RuntimeClass(to, null),
            null,
            UUID.randomUUID(),
            "alice",
            Instant.parse("2026-11-24T18:00:00Z"));
    return QuarkusTransaction.requiringNew()
        .call(() -> trial.accepted(tenants.lock(id).orElseThrow(), order));
  }

  private boolean held(SandboxClass runtime) {
    return QuarkusTransaction.requiringNew()
        .call(() -> placements.held(id, Pool.of(runtime)).isPresent());
  }

  private Tenant stored() {
    return tenants.find(id).orElseThrow();
  }

  private static Nodes nodes(long gibi) {
    return new Nodes(1, gibi * GIBI, 64_000, 100);
  }

  /** On nodes of its own. */
  private SandboxClass kata(String name, Nodes... nodes) {
    return new SandboxClass(
        name,
        "kata",
        new Overhead(600L << 20, 0),
        new SandboxClass.Places(Map.of(pools, name), List.of(), List.of(nodes), List.of()),
        SandboxClass.Canary.DEFAULTS);
  }
}
