package dev.berth.installation;

import static dev.berth.installation.TenantCluster.NAMESPACES;
import static dev.berth.installation.TenantCluster.create;
import static dev.berth.installation.TenantCluster.hasDefaultAccount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.installation.Caller.Reply;
import dev.berth.manifest.Chart;
import dev.berth.manifest.Rendering;
import dev.berth.manifest.Rights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code k8s/} renders to is what an API server takes, field by field. */
class RenderedIT {
  private static final String HOUSE = "src/test/resources/overlays/";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Caller ADMINISTRATOR = Caller.administrator();

  private List<String> applied = List.of();

  @BeforeAll
  static void theKindsOfOthersAreServed() throws IOException {
    for (ObjectNode kind : kindsOfOthers()) {
      // Another test may have left it with another version.
      ADMINISTRATOR.delete(path(kind));
      await().until(() -> ADMINISTRATOR.get(path(kind)).code() == 404);
      apply(kind);
      String group = kind.at("/spec/group").asText();
      String version = kind.at("/spec/versions/0/name").asText();
      await().until(() -> ADMINISTRATOR.get("/apis/" + group + "/" + version).code() == 200);
    }
  }

  /** Other tests look for what serves such kinds. */
  @AfterAll
  static void theyAreGone() throws IOException {
    for (ObjectNode kind : kindsOfOthers()) {
      ADMINISTRATOR.delete(path(kind));
      await().until(() -> ADMINISTRATOR.get(path(kind)).code() == 404);
    }
  }

  private static List<ObjectNode> kindsOfOthers() throws IOException {
    Path file = Rendering.PROJECT.resolve("src/test/resources/crds.yaml");
    return Rendering.ofYaml(Files.readString(file)).objects();
  }

  @AfterEach
  void takeAway() {
    applied.forEach(ADMINISTRATOR::delete);
    applied.forEach(path -> await().until(() -> ADMINISTRATOR.get(path).code() == 404));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"k8s/overlays/local", "k8s/overlays/aks", HOUSE + "house", HOUSE + "autoscaling"})
  void anOverlayIsTakenAsItIs(String overlay) {
    List<ObjectNode> objects = Rendering.of(overlay).objects();
    applied = objects.stream().map(RenderedIT::path).toList();

    assertThat(objects).isNotEmpty().allSatisfy(RenderedIT::apply);
  }

  @Test
  void theChartIsTakenAsItIs() {
    List<ObjectNode> objects = Chart.house().rendered().objects();
    applied = objects.stream().map(RenderedIT::path).toList();

    assertThat(objects).isNotEmpty().allSatisfy(RenderedIT::apply);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k8s", "k8s/before-1.36"})
  void whatBerthNeedsIsTakenAsItIs(String folder) {
    assertThat(Rendering.of(folder).objects()).hasSizeGreaterThan(30).allSatisfy(RenderedIT::apply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"k8s/overlays/local", "k8s/overlays/aks", HOUSE + "house", HOUSE + "csi-secret"})
  void aPodOfItStandsUnderTheStrictestPodSecurity(String overlay) {
    Rendering rendering = Rendering.of(overlay);
    applied = List.of(path(rendering.one("PriorityClass", "berth")));
    apply(rendering.one("PriorityClass", "berth"));

    Reply reply = pod(rendering, "berth-system");

    assertThat(reply.message()).isEmpty();
    assertThat(reply.warnings()).isEmpty();
    assertThat(reply.code()).isEqualTo(201);
  }

  @Test
  void aPodInAnotherNamespaceHasNoAccount() {
    Rendering moved = Rendering.of(HOUSE + "other-namespace");
    applied = List.of(path(moved.one("PriorityClass", "berth")), NAMESPACES + "tenants");
    apply(moved.one("PriorityClass", "berth"));
    create(ADMINISTRATOR, "tenants");
    await().until(() -> hasDefaultAccount("tenants"));

    Reply reply = pod(moved, "tenants");

    assertThat(reply.code()).isEqualTo(403);
    assertThat(reply.message()).contains("error looking up service account tenants/berth");
  }

  @Test
  void aVolumeWithTwoSourcesIsRefused() {
    JsonNode deployment = Rendering.of(HOUSE + "csi-beside-secret").deployment();

    Reply reply = ADMINISTRATOR.dryApply(path(deployment), deployment.toString());

    assertThat(reply.code()).isEqualTo(422);
    assertThat(reply.message()).contains("may not specify more than 1 volume type");
  }

  @Test
  void aFieldThatDoesNotExistIsRefused() {
    ObjectNode service =
        (ObjectNode) Rendering.of(HOUSE + "house").one("Service", "berth").deepCopy();
    ((ObjectNode) service.path("spec")).put("selectr", "berth");

    assertThat(ADMINISTRATOR.dryApply(path(service), service.toString()).message())
        .contains("selectr");
  }

  @Test
  void berthMayDoExactlyWhatTheGoldenFileSays() throws IOException {
    Reply review =
        Caller.berth()
            .post(
                "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                "{'spec': {'namespace': 'berth-system'}}");

    assertThat(review.body().at("/status/incomplete").asBoolean()).isFalse();
    assertThat(Rights.of(review.body().at("/status/resourceRules")))
        .isEqualTo(Files.readString(Path.of("src/test/resources/rights/berth.txt")));
  }

  /** The answer once the API server knows the pod's PriorityClass; it learns of one by a watch. */
  private static Reply pod(Rendering rendering, String namespace) {
    ObjectNode pod = JSON.createObjectNode();
    pod.putObject("metadata").put("name", "berth");
    pod.set("spec", rendering.template().path("spec"));
    String pods = NAMESPACES + namespace + "/pods?dryRun=All&fieldValidation=Strict";
    return await()
        .until(
            () -> ADMINISTRATOR.post(pods, pod.toString()),
            reply -> !reply.message().contains("no PriorityClass"));
  }

  private static void apply(JsonNode object) {
    Reply reply = ADMINISTRATOR.applyStrictly(path(object), object.toString());
    assertThat(reply.message()).isEmpty();
    assertThat(reply.warnings()).isEmpty();
    assertThat(reply.code()).isIn(200, 201);
  }

  /** As the API server serves this kind. */
  private static String path(JsonNode object) {
    String version = object.path("apiVersion").asText();
    String root = (version.contains("/") ? "/apis/" : "/api/") + version;
    for (JsonNode resource : ADMINISTRATOR.get(root).body().path("resources")) {
      String name = resource.path("name").asText();
      if (resource.path("kind").equals(object.path("kind")) && !name.contains("/")) {
        String namespace =
            resource.path("namespaced").asBoolean()
                ? "/namespaces/" + object.at("/metadata/namespace").asText()
                : "";
        return root + namespace + "/" + name + "/" + object.at("/metadata/name").asText();
      }
    }
    throw new AssertionError("nobody serves " + version + " " + object.path("kind").asText());
  }
}
