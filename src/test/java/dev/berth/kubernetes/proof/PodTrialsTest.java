package dev.berth.kubernetes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Denial;
import dev.berth.kubernetes.server.Denial.DenialKind;
import dev.berth.plan.isolation.Escape;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G16: only Berth's policies and Pod Security prove anything by refusing a pod. */
class PodTrialsTest {

  @ParameterizedTest
  @CsvSource({
    "HOST_NETWORK, POLICY,       berth-host-access,                   true",
    "HOST_NETWORK, POD_SECURITY, PodSecurity,                         true",
    "HOST_NETWORK, WEBHOOK,      validate.kyverno.svc,                false",
    "HOST_NETWORK, WEBHOOK,      berth-host-access,                   false",
    "HOST_NETWORK, POLICY,       platform-policy,                     false",
    "HOST_NETWORK, POLICY,       berth-host-access with binding mine, false",
    "PROBE_CLASS,  POLICY,       berth-sandbox,                       true",
    "PROBE_CLASS,  WEBHOOK,      berth-sandbox,                       false",
    "PROBE_CLASS,  POD_SECURITY, PodSecurity,                         false",
    "PROBE_CLASS,  POLICY,       berth-host-access,                   false"
  })
  void whoseRefusalCounts(Escape escape, DenialKind kind, String by, boolean counts) {
    PodTrials trials =
        new PodTrials(
            new ApiServer(
                new KubernetesClientBuilder().withConfig(Config.empty()).build(),
                Clock.systemUTC()));

    assertThat(trials.counts(new Denial(kind, by), escape)).isEqualTo(counts);
  }
}
