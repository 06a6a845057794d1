package dev.berth.kubernetes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kubernetes.server.ApiServer;
import dev.berth.plan.isolation.Escape;
import dev.berth.plan.isolation.IsolationCheck.PodRefused;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G16: only Berth's policies and Pod Security prove anything by refusing a pod. */
class PodTrialsTest {

  @ParameterizedTest
  @CsvSource({
    "HOST_NETWORK, berth-host-access,                        true",
    "HOST_NETWORK, PodSecurity,                              true",
    "HOST_NETWORK, validate.kyverno.svc,                     false",
    "HOST_NETWORK, platform-policy,                          false",
    "HOST_NETWORK, berth-host-access' with binding 'mine,    false",
    "PROBE_CLASS,  berth-sandbox,                            true",
    "PROBE_CLASS,  PodSecurity,                              false",
    "PROBE_CLASS,  berth-host-access,                        false"
  })
  void whoseRefusalCounts(Escape escape, String guard, boolean counts) {
    PodTrials trials =
        new PodTrials(
            new ApiServer(
                new KubernetesClientBuilder().withConfig(Config.empty()).build(),
                Clock.systemUTC()));

    assertThat(trials.counts(guard, new PodRefused("tenant-x", escape, "kata"))).isEqualTo(counts);
  }
}
