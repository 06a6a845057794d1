package dev.berth.installation;

import static dev.berth.installation.TenantCluster.NAMESPACES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.installation.Caller.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** k8s/deployment is what an API server accepts, field by field, and as hard as it should be. */
class DeploymentIT {

  private static final Path FOLDER =
      Path.of(System.getProperty("basedir", "")).resolve("k8s/deployment").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> PATHS =
      Map.of(
          "PriorityClass", "/apis/scheduling.k8s.io/v1/priorityclasses/",
          "Service", "/api/v1/namespaces/berth-system/services/",
          "Deployment", "/apis/apps/v1/namespaces/berth-system/deployments/",
          "NetworkPolicy", "/apis/networking.k8s.io/v1/namespaces/berth-system/networkpolicies/",
          "PodDisruptionBudget", "/apis/policy/v1/namespaces/berth-system/poddisruptionbudgets/");

  private final Caller administrator = Caller.administrator();

  @TestFactory
  Stream<DynamicTest> everyObjectIsAccepted() throws IOException {
    return documents()
        .map(object ->
            DynamicTest.dynamicTest(
                object.at("/kind").asText() + " " + object.at("/metadata/name").asText(),
                () -> {
                  String path = PATHS.get(object.at("/kind").asText());
                  Reply reply =
                      administrator.dryApply(
                          path + object.at("/metadata/name").asText(), object.toString());
                  assertThat(reply.message()).isEmpty();
                  assertThat(reply.code()).isIn(200, 201);
                }));
  }

  @Test
  void aPodOfBerthStandsUnderTheStrictestPodSecurity() throws IOException {
    JsonNode namespace = administrator.get(NAMESPACES + "berth-system").body();
    ObjectNode pod = JSON.createObjectNode();
    pod.putObject("metadata").put("name", "berth");
    pod.set("spec", template());

    Reply reply =
        administrator.post(
            NAMESPACES + "berth-system/pods?dryRun=All&fieldValidation=Strict", pod.toString());

    assertThat(
            namespace
                .path("metadata")
                .path("labels")
                .path("pod-security.kubernetes.io/enforce")
                .asText())
        .isEqualTo("restricted");
    assertThat(reply.message()).isEmpty();
    assertThat(reply.code()).isEqualTo(201);
  }

  @Test
  void whatPodSecurityDoesNotAskForIsThereToo() throws IOException {
    JsonNode spec = template();
    JsonNode container = spec.at("/containers/0");

    assertThat(spec.at("/enableServiceLinks").asText()).isEqualTo("false");
    assertThat(spec.at("/securityContext/runAsUser").asInt()).isGreaterThan(10_000);
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/resources/limits/memory"))
        .isEqualTo(container.at("/resources/requests/memory"));
    assertThat(container.at("/resources/limits/cpu").isMissingNode()).isTrue();
    assertThat(container.at("/env").toString()).doesNotContainIgnoringCase("password");
    assertThat(Files.readString(FOLDER.resolve("kustomization.yaml"))).contains("digest: sha256:");
  }

  private static JsonNode template() throws IOException {
    return documents()
        .filter(object -> object.at("/kind").asText().equals("Deployment"))
        .findFirst()
        .orElseThrow()
        .at("/spec/template/spec");
  }

  private static Stream<JsonNode> documents() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .sorted()
          .toList()
          .stream()
          .flatMap(DeploymentIT::read);
    }
  }

  private static Stream<JsonNode> read(Path file) {
    try {
      Stream.Builder<JsonNode> documents = Stream.builder();
      new Load(LoadSettings.builder().build())
          .loadAllFromString(Files.readString(file))
          .forEach(document -> documents.add(JSON.valueToTree(document)));
      return documents.build();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
