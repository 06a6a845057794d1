package dev.berth.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.TenantEvents;
import dev.berth.manifest.Rendering;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the Deployment of an overlay says is enough: its replicas become ready and open tenants. */
class DeploymentRunsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Rendering HOUSE = Rendering.of("src/test/resources/overlays/house");

  private static final String CILIUM =
      """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: cilium, namespace: kube-system}
      spec:
        selector: {matchLabels: {k8s-app: cilium}}
        template:
          metadata: {labels: {k8s-app: cilium}}
          spec: {nodeName: %s, containers: [{name: agent, image: cilium}]}
      """;

  private static PackagedBerth parts;
  private static List<Pod> pods;

  @BeforeAll
  static void itsReplicasRun() {
    parts = PackagedBerth.besideNewParts("deployed");
    runAnEngine();
    Config berth = Config.fromKubeconfig(parts.cluster().berthKubeconfig().toFile());
    Path folder = Path.of(System.getProperty("basedir", ""), "target", "deployed", "pods");
    pods =
        IntStream.range(0, HOUSE.deployment().at("/spec/replicas").asInt())
            .mapToObj(i -> new Pod(HOUSE, folder.resolve("berth-" + i)))
            .toList();
    pods.forEach(pod -> {
      pod.mount(Map.of("berth", Map.of("berth.properties", secret())), DeploymentRunsIT::here);
      pod.giveToken(berth);
      pod.start(URI.create(berth.getMasterUrl()));
      await("a pod is ready")
          .atMost(PATIENCE)
          .failFast(() -> assertThat(pod.isAlive()).as(pod::log).isTrue())
          .until(() -> isReady(pod));
    });
  }

  @AfterAll
  static void endThem() {
    if (pods != null) {
      pods.forEach(Pod::close);
    }
    if (parts != null) {
      parts.close();
    }
  }

  @Test
  void tenantsAreOpenedByTheReplicasOfTheDeployment() {
    try (TenantEvents events = new TenantEvents(parts.kafka().bootstrapServers());
        KubernetesClient administrator = parts.cluster().client()) {
      events.created("acme", "team", 1);
      events.created("hooli", "starter", 1);

      for (String tenant : List.of("acme", "hooli")) {
        await("the owners of %s have access".formatted(tenant))
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(
                        administrator
                            .rbac()
                            .roleBindings()
                            .inNamespace("tenant-" + tenant)
                            .list()
                            .getItems())
                    .anySatisfy(binding ->
                        assertThat(binding.getSubjects())
                            .anySatisfy(subject ->
                                assertThat(subject.getName()).isEqualTo(tenant + "-owners"))));
      }
    }
    assertThat(pods).hasSize(2);
    await("all pods are ready")
        .atMost(PATIENCE)
        .until(() -> pods.stream().allMatch(DeploymentRunsIT::isReady));
  }

  @Test
  void everySettingIsOneThatIsKnown() {
    assertThat(pods)
        .allSatisfy(pod -> assertThat(pod.log()).doesNotContain("Unrecognized configuration key"));
  }

  /** The plans of the Deployment ask for something that enforces network policies. */
  private static void runAnEngine() {
    try (KubernetesClient administrator = parts.cluster().client()) {
      String node = administrator.nodes().list().getItems().getFirst().getMetadata().getName();
      administrator
          .resource(Serialization.unmarshal(CILIUM.formatted(node), DaemonSet.class))
          .create();
      var agents = administrator.pods().inNamespace("kube-system").withLabel("k8s-app", "cilium");
      await().atMost(PATIENCE).until(() -> !agents.list().getItems().isEmpty());
      agents
          .resources()
          .forEach(agent ->
              agent.editStatus(it ->
                  new PodBuilder(it)
                      .editOrNewStatus()
                      .withPhase("Running")
                      .addNewCondition()
                      .withType("Ready")
                      .withStatus("True")
                      .endCondition()
                      .endStatus()
                      .build()));
    }
  }

  private static String secret() {
    return """
    quarkus.datasource.jdbc.url=%s
    quarkus.datasource.username=%s
    quarkus.datasource.password=%s
    """
        .formatted(
            parts.postgres().jdbcUrl(), parts.postgres().user(), parts.postgres().password());
  }

  private static String here(String text) {
    return text.replace("kafka.example.com:9093", parts.kafka().bootstrapServers())
        .replace("kafka.security.protocol=SASL_SSL", "kafka.security.protocol=PLAINTEXT");
  }

  private static boolean isReady(Pod pod) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(pod.readiness()).timeout(Duration.ofSeconds(5)).build();
      return client.send(request, BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
