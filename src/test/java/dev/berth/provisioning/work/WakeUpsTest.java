package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Resource.Kind;
import dev.berth.plan.Samples;
import dev.berth.provisioning.Drift;
import dev.berth.provisioning.Pieces;
import dev.berth.provisioning.work.WakeUps.Sight;
import dev.berth.store.tenants.TenantsInMemory;
import dev.berth.tenant.TenantNamespace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How often tenants are told that things have changed. */
class WakeUpsTest {

  private static final String STAYS = "tenant-acme";
  private static final String LEAVES = "tenant-acme--old";

  private final Pieces pieces =
      new Pieces(Map.of("berth.work.poll", "1s", "berth.work.ready-recheck", "10s"));
  private final TenantsInMemory tenants = new TenantsInMemory();
  private ClusterFacts facts = Samples.healthy();
  private final WakeUps wakeUps =
      new WakeUps(
          () -> facts,
          pieces.directory,
          tenants,
          pieces.config,
          pieces.metrics,
          pieces.clock,
          "1.0");

  @Test
  void aLookAtTheSameIsTheSame() {
    Sight before = wakeUps.look();

    assertThat(wakeUps.look()).isSameAs(before);
    facts = Samples.healthy();
    assertThat(wakeUps.look()).isEqualTo(before);
  }

  @Test
  void whatIsNotKnownWakesNobody() {
    facts = ClusterFacts.UNKNOWN;

    deliver();

    assertThat(wakeUps.isInformed()).isFalse();
    assertThat(tenants.wokenFor()).isEmpty();
  }

  @Test
  void aChangeIsDeliveredAtOnceThenSoonAndThenSeldom() {
    assertThat(woken()).isEqualTo(1);
    assertThat(woken()).as("in the same moment").isZero();
    assertThat(wokenWithin(10)).as("after 1, 2 and 4 seconds").isEqualTo(3);
    assertThat(wokenWithin(60)).as("every 10 seconds, and once after 8").isBetween(6, 7);
  }

  @Test
  void anotherChangeBeginsAnew() {
    woken();

    facts = ClusterFacts.UNKNOWN;
    assertThat(woken()).isZero();
    facts = Samples.healthy();

    assertThat(woken()).isEqualTo(1);
    assertThat(tenants.wokenFor()).containsOnly(wakeUps.look().outlook());
  }

  private int woken() {
    int before = tenants.wokenFor().size();
    deliver();
    return tenants.wokenFor().size() - before;
  }

  private int wokenWithin(int seconds) {
    int woken = 0;
    for (int second = 0; second < seconds; second++) {
      pieces.clock.goesOn(Duration.ofSeconds(1));
      woken += woken();
    }
    return woken;
  }

  private void deliver() {
    wakeUps.deliver(wakeUps.look());
  }

  @Test
  void whatIsChangedInANamespaceThatStaysIsDrift() {
    aNamespaceIsLeft();

    wakeUps.onDrift(new Drift(STAYS, Kind.ResourceQuota));

    assertThat(detected(Kind.ResourceQuota)).isOne();
  }

  @Test
  void whatGoesWithANamespaceThatLeavesIsNone() {
    aNamespaceIsLeft();

    wakeUps.onDrift(new Drift(LEAVES, Kind.ResourceQuota));
    wakeUps.onDrift(new Drift(LEAVES, Kind.Namespace));

    assertThat(detected(Kind.ResourceQuota)).isZero();
    assertThat(detected(Kind.Namespace)).as("its end is waited for").isOne();
  }

  @Test
  void namespacesOfNobodyWakeNobody() {
    wakeUps.onDrift(new Drift("tenant-unknown", Kind.Namespace));

    assertThat(detected(Kind.Namespace)).isZero();
  }

  private void aNamespaceIsLeft() {
    TenantNamespace stays = new TenantNamespace("default", STAYS, UUID.randomUUID(), "1");
    TenantNamespace leaves = new TenantNamespace("old", LEAVES, UUID.randomUUID(), "2");
    tenants.remember(pieces.accepted("acme").with(List.of(stays, leaves.dropped())));
  }

  private double detected(Kind kind) {
    return pieces
        .meters
        .counter("berth.drift", "resource", kind.name(), "action", "detected")
        .count();
  }
}
