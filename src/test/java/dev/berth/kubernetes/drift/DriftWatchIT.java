package dev.berth.kubernetes.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.kubernetes.Cluster;
import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.SomeTenant;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.EndlessWatch;
import dev.berth.local.process.TcpProxy;
import dev.berth.plan.Resource;
import dev.berth.plan.Resource.Kind;
import dev.berth.provisioning.Drift;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of tenants' objects on a real API server, seen with Berth's rights. */
class DriftWatchIT {

  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final Hands intruder = Cluster.intruder();
  private final SomeTenant tenant = SomeTenant.fresh();
  private final SomeTenant last = SomeTenant.fresh();
  private final SomeTenant probe = SomeTenant.fresh();
  private final AtomicBoolean probed = new AtomicBoolean();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<Kind> kinds = new CopyOnWriteArrayList<>();
  private final AtomicBoolean listenerFails = new AtomicBoolean();
  private final TcpProxy wire = Hands.wire();
  private final DriftWatch watch =
      new DriftWatch(
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
  void whatOthersKeepBesideItAndWhatBerthWritesIsNoDrift() {
    labels(tenant, "'example.com/theirs': 'x'");
    Cluster.does(SomeTenant.apply(tenant.itself()), tenant);
    SomeTenant next = tenant.ofGeneration(tenant.generation() + 1);
    Cluster.does(SomeTenant.apply(next.itself(Map.of("labels.berth.dev/more", "x"))), next);

    labels(last, "'berth.dev/isolation': 'shared'");
    await().untilAsserted(() -> assertThat(told).containsExactly(last.namespace()));
  }

  @Test
  void theRepairIsNotTold() {
    labels(tenant, "'berth.dev/runtime-class': null");
    await().untilAsserted(() -> assertThat(told).containsExactly(tenant.namespace()));
    Cluster.does(SomeTenant.apply(tenant.itself()), tenant);
    Cluster.does(SomeTenant.apply(tenant.itself()), tenant);

    labels(last, "'berth.dev/isolation': 'shared'");
    await()
        .untilAsserted(
            () -> assertThat(told).containsExactly(tenant.namespace(), last.namespace()));
  }

  /** L11: what a tenant consists of, and what others put beside it. */
  @Test
  void everyKindOfObjectIsToldOnceWhenOthersChangeDeleteOrBringIt() {
    Cluster.onboard(tenant);
    String bindings = ApiPath.collection(tenant.owners().key());
    changes(tenant.account(), "{'automountServiceAccountToken': true}");
    changes(tenant.isolation(), "{'spec': {'egress': [{}]}}");
    changes(tenant.quota("1"), "{'spec': {'hard': {'pods': '99'}}}");
    intruder.delete(ApiPath.object(tenant.limits().key()), tenant.uidOf(intruder, tenant.limits()));
    changes(tenant.owners(), "{'subjects': []}");
    intruder.post(
        bindings,
        """
        {'metadata': {'name': 'support'}, 'subjects': [{'kind': 'User', 'name': 'support', 'apiGroup': 'rbac.authorization.k8s.io'}],
         'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'view'}}\
        """);

    await()
        .untilAsserted(() ->
            assertThat(kinds)
                .containsExactlyInAnyOrder(
                    Kind.ServiceAccount,
                    Kind.NetworkPolicy,
                    Kind.ResourceQuota,
                    Kind.LimitRange,
                    Kind.RoleBinding,
                    Kind.RoleBinding));
  }

  @Test
  void aNamespaceThatIsDeletedIsToldWhenItBeginsToGoAndWhenItIsGone() {
    String held = tenant.path() + "/configmaps";
    intruder.post(held, "{'metadata': {'name': 'held', 'finalizers': ['ex.io/stay']}}");
    intruder.delete(tenant.path(), tenant.uidOf(intruder, tenant.itself()));
    await().untilAsserted(() -> assertThat(told).containsExactly(tenant.namespace()));

    intruder.patch(held + "/held", "{'metadata': {'finalizers': null}}");
    await()
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

    await().untilAsserted(() -> assertThat(told).containsExactly(tenant.namespace()));
  }

  private void take(Drift drift) {
    boolean ofTheTest = drift.namespace().equals(tenant.namespace());
    if (ofTheTest && listenerFails.getAndSet(false)) {
      throw new IllegalStateException("the database is away");
    }
    probed.compareAndSet(false, drift.namespace().equals(probe.namespace()));
    if (List.of(tenant.namespace(), last.namespace()).contains(drift.namespace())) {
      told.add(drift.namespace());
      kinds.add(drift.kind());
    }
  }

  private void labels(SomeTenant of, String labels) {
    assertThat(intruder.patch(of.path(), "{'metadata': {'labels': {%s}}}".formatted(labels)).code())
        .isEqualTo(200);
  }

  private void changes(Resource resource, String patch) {
    Answer answer = intruder.patch(ApiPath.object(resource.key()), patch);
    assertThat(answer.code()).as(answer.message()).isEqualTo(200);
  }
}
