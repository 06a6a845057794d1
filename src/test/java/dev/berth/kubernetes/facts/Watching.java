package dev.berth.kubernetes.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.kubernetes.TestConfig;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.plan.ClusterAdmission.PolicyFault;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.SandboxClass;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Facts of a real cluster, kept up to date by a watch of their own. */
record Watching(KubernetesClient client, ClusterWatch watch) implements AutoCloseable {

  static Watching with(Config config, Map<String, String> settings) {
    config.setRequestRetryBackoffLimit(2);
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build();
    ClusterWatch watch =
        new ClusterWatch(
            new ApiServer(client, Clock.systemUTC()), TestConfig.from(settings), Clock.systemUTC());
    watch.start();
    return new Watching(client, watch);
  }

  ClusterFacts facts() {
    return watch.get();
  }

  ClusterFacts untilKnown() {
    return await().atMost(Duration.ofMinutes(2)).until(watch::get, ClusterFacts::known);
  }

  void untilCanary(SandboxClass.Canary result) {
    await()
        .untilAsserted(
            () -> assertThat(watch.get().classes().getFirst().canary()).isEqualTo(result));
  }

  /** By the watch: for its silence alone it is listed again after 90 s. */
  void untilFaults(PolicyFault... faults) {
    await()
        .atMost(Duration.ofSeconds(45))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(watch.get().admission().faults()).containsExactly(faults));
  }

  Optional<SandboxClass.Canary> tries() {
    return new CanaryTrial(new ApiServer(client, Clock.systemUTC()), Clock.systemUTC())
        .run(facts().classes().getFirst());
  }

  void untilMended() {
    await()
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(watch.get().admission().faults()).isEmpty());
  }

  @Override
  public void close() {
    watch.stop();
    client.close();
  }
}
