package dev.berth.kubernetes.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.kubernetes.Cluster;
import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.SomeTenant;
import dev.berth.kubernetes.drift.NamespaceInventory;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Canary;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A canary namespace on a real API server, with Berth's rights and under Berth's policies. */
class CanaryTrialIT {

  private static final SandboxClass KATA = SomeTenant.KATA;
  private static final String NAMESPACE = "/api/v1/namespaces/tenant-berth-canary-" + KATA.name();

  private final Hands intruder = Cluster.intruder();
  private final Hands berth = Hands.berths();
  private final CanaryTrial trial = new CanaryTrial(berth.api, Clock.systemUTC());

  @BeforeEach
  void aCanaryStands() {
    await().until(() -> trial.run(KATA).equals(Optional.of(Canary.DEFAULTS)));
  }

  @Test
  void itLooksLikeASandboxedTenantsButBelongsToNone() {
    Live canary = berth.get(NAMESPACE).object();

    assertThat(canary.label("berth.dev/isolation")).isEqualTo("sandboxed");
    assertThat(canary.label("berth.dev/runtime-class")).isEqualTo(KATA.name());
    assertThat(canary.label("pod-security.kubernetes.io/enforce")).isEqualTo("restricted");
    assertThat(canary.label("berth.dev/tenant")).isEmpty();
    assertThat(canary.annotation("berth.dev/installation")).isEmpty();
  }

  @Test
  void theSearchForStraysLeavesItAlone() {
    NamespaceInventory inventory = new NamespaceInventory(berth.api, Clock.systemUTC());

    assertThat(inventory.namespaces(SomeTenant.INSTALLATION))
        .extracting(found -> found.namespace().namespace())
        .doesNotContain("tenant-berth-canary-" + KATA.name());
  }

  @Test
  void whereItStandsNothingIsWritten() {
    String before = berth.get(NAMESPACE).object().resourceVersion();

    await().untilAsserted(() -> assertThat(trial.run(KATA)).contains(Canary.DEFAULTS));

    assertThat(berth.get(NAMESPACE).object().resourceVersion()).isEqualTo(before);
    assertThat(intruder.get(NAMESPACE + "/pods").body().path("items")).isEmpty();
  }

  @Test
  void labelsThatSomebodyChangedAreMendedBeforeAnythingIsTried() {
    intruder.patch(
        NAMESPACE,
        "{'metadata': {'labels': {'berth.dev/isolation': 'shared', 'berth.dev/runtime-class': null}}}");

    assertThat(trial.run(KATA)).isEmpty();

    assertThat(berth.get(NAMESPACE).object().label("berth.dev/isolation")).isEqualTo("sandboxed");
    await().until(() -> trial.run(KATA).equals(Optional.of(Canary.DEFAULTS)));
  }

  @Test
  void oneThatSomebodyDeletedIsMadeAgain() {
    Live deleted = berth.get(NAMESPACE).object();
    intruder.delete(NAMESPACE, deleted.uid());

    await()
        .untilAsserted(() -> {
          assertThat(trial.run(KATA)).contains(Canary.DEFAULTS);
          assertThat(berth.get(NAMESPACE).object().uid()).isNotEqualTo(deleted.uid());
        });
  }
}
