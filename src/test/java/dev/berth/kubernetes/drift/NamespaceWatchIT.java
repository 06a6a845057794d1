package dev.berth.kubernetes.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.kubernetes.Cluster;
import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.SomeTenant;
import dev.berth.kubernetes.server.EndlessWatch;
import dev.berth.local.process.TcpProxy;
import dev.berth.provisioning.Drift;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of tenants' namespaces on a real API server, seen with Berth's rights. */
class NamespaceWatchIT {

  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final Hands intruder = Cluster.intruder();
  private final SomeTenant tenant = SomeTenant.fresh();
  private final SomeTenant last = SomeTenant.fresh();
  private final SomeTenant probe = SomeTenant.fresh();
  private final AtomicBoolean probed = new AtomicBoolean();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicBoolean listenerFails = new AtomicBoolean();
  private final TcpProxy wire = Hands.wire();
  private final NamespaceWatch watch =
      new NamespaceWatch(
          Hands.berthsBehind(wire).api,
          new EndlessWatch.Patience(SILENCE, Clock.systemUTC()),
          this::take);

  @BeforeEach
  void bothAreWatched() {
    watch.start();
    Cluster.does(SomeTenant.apply(tenant.itself()), tenant);
    Cluster.does(SomeTenant.apply(last.itself()), last);
    Cluster.does(SomeTenant.apply(probe.itself()), probe);
    // What is told of a namespace made later proves that the others were seen.
    await()
        .untilAsserted(() -> {
          labels(probe, "'berth.dev/probe': '%s'".formatted(UUID.randomUUID()));
          assertThat(probed).isTrue();
        });
  }

  @AfterEach
  void end() {
    watch.stop();
    wire.close();
  }

  @Test
  void aGuardedLabelThatChangesOrGoesIsToldAtOnce() {
    labels(tenant, "'berth.dev/isolation': 'shared'");
    await().untilAsserted(() -> assertThat(told).containsExactly(tenant.namespace()));

    labels(tenant, "'pod-security.kubernetes.io/enforce': null");
    await()
        .untilAsserted(
            () -> assertThat(told).containsExactly(tenant.namespace(), tenant.namespace()));
  }

  @Test
  void whatLeavesBerthsLabelsAsTheyWereIsNoDrift() {
    labels(tenant, "'example.com/theirs': 'x'");
    intruder.patch(tenant.path(), "{'metadata': {'annotations': {'berth.dev/generation': '4'}}}");
    Cluster.does(SomeTenant.apply(tenant.itself()), tenant);

    labels(last, "'berth.dev/isolation': 'shared'");
    await().untilAsserted(() -> assertThat(told).containsExactly(last.namespace()));
  }

  @Test
  void theRepairIsToldOnceMoreAndThenItIsQuiet() {
    labels(tenant, "'berth.dev/runtime-class': null");
    Cluster.does(SomeTenant.apply(tenant.itself()), tenant);
    Cluster.does(SomeTenant.apply(tenant.itself()), tenant);

    labels(last, "'berth.dev/isolation': 'shared'");
    await()
        .untilAsserted(() ->
            assertThat(told)
                .containsExactly(tenant.namespace(), tenant.namespace(), last.namespace()));
  }

  @Test
  void aNamespaceThatIsDeletedIsToldWhenItBeginsToGoAndWhenItIsGone() {
    intruder.delete(tenant.path(), tenant.uidOf(intruder, tenant.itself()));

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(told).containsExactly(tenant.namespace(), tenant.namespace()));
  }

  @Test
  void aListenerThatFailsIsToldAgain() {
    listenerFails.set(true);
    labels(tenant, "'berth.dev/isolation': 'shared'");
    await().until(() -> !listenerFails.get());

    await().untilAsserted(() -> assertThat(told).containsExactly(tenant.namespace()));
  }

  @Test
  void whatHappensBehindADeadConnectionIsToldOnceItWasSilentForTooLong() {
    wire.swallowStandingConnections();

    labels(tenant, "'berth.dev/isolation': 'shared'");

    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(told).containsExactly(tenant.namespace()));
  }

  private void take(Drift drift) {
    boolean ofTheTest = drift.namespace().equals(tenant.namespace());
    if (ofTheTest && listenerFails.getAndSet(false)) {
      throw new IllegalStateException("the database is away");
    }
    probed.compareAndSet(false, drift.namespace().equals(probe.namespace()));
    if (List.of(tenant.namespace(), last.namespace()).contains(drift.namespace())) {
      told.add(drift.namespace());
    }
  }

  private void labels(SomeTenant of, String labels) {
    assertThat(intruder.patch(of.path(), "{'metadata': {'labels': {%s}}}".formatted(labels)).code())
        .isEqualTo(200);
  }
}
