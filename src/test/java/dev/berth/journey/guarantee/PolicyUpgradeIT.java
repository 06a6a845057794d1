package dev.berth.journey.guarantee;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A new Berth meets the policies of the release before, and then its own: nobody is closed. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class PolicyUpgradeIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SHIPPED = folder("k8s/policies");
  private static final Path BEFORE = folder("src/test/resources/policies-before");

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;

  /** A policy or binding, as a file has it. */
  private record Document(String path, JsonNode object) {
    String collection() {
      return path.substring(0, path.lastIndexOf('/'));
    }
  }

  @AfterEach
  void thePoliciesAreThoseOfThisRelease() throws IOException {
    shipped().forEach(this::apply);
  }

  @Test
  void anOpenTenantStaysOpenFromTheReleaseBeforeToThisOne() throws IOException {
    String open = Stage.tenant("upgraded");
    controlPlane.creates(open, Wish.of("starter").owners(open + "-team"));
    status.awaitReady(open, 1);
    String binding =
        "/apis/rbac.authorization.k8s.io/v1/namespaces/tenant-%s/rolebindings/berth-owner"
            .formatted(open);
    JsonNode access = cluster.get(binding);
    List<String> steps = status.types(open);

    theReleaseBeforeStands();
    String waiting = Stage.tenant("not-yet");
    controlPlane.creates(waiting, Wish.of("starter").owners(waiting + "-team"));
    Message blocked =
        status.awaitStep(
            waiting, "PolicyOutdated", step -> step.text("reason").equals("PolicyOutdated"));
    assertThat(blocked.text("phase")).isEqualTo("BLOCKED");
    assertThat(blocked.text("message"))
        .contains("ValidatingAdmissionPolicy berth-sandbox", "kubectl apply -k k8s/policies");
    controlPlane.updates(
        open, Wish.of("starter").generation(2).owners(open + "-team").labels(Map.of("a", "b")));
    status.awaitReady(open, 2);

    shipped().forEach(this::apply);
    status.awaitReady(waiting, 1);

    assertThat(status.types(open))
        .startsWith(steps.toArray(String[]::new))
        .doesNotContain("degraded");
    assertThat(status.steps(open))
        .extracting(step -> step.text("phase"))
        .doesNotContain("DEGRADED", "BLOCKED", "FAILED");
    assertThat(cluster.get(binding).path("subjects")).isEqualTo(access.path("subjects"));
    eventually().untilAsserted(() -> assertThat(Stage.DATABASE.phase(open)).isEqualTo("READY"));
  }

  /** What is of both comes first: what the release before did not have may then be absent. */
  private void theReleaseBeforeStands() throws IOException {
    List<Document> before = before();
    before.forEach(this::apply);
    List<String> known = before.stream().map(Document::path).toList();
    shipped().stream()
        .map(Document::path)
        .filter(path -> !known.contains(path))
        .forEach(cluster::deletes);
  }

  private void apply(Document document) {
    if (cluster.find(document.path()).isEmpty()) {
      String quotesEscaped = document.object().toString().replace("'", "\\u0027");
      cluster.creates(document.collection(), quotesEscaped);
    } else {
      cluster.changes(document.path(), live -> live.set("spec", document.object().get("spec")));
    }
  }

  /** In the order in which kubectl applies them. */
  private static List<Document> shipped() throws IOException {
    List<Document> documents = new ArrayList<>();
    for (String file :
        Pattern.compile("berth-[a-z-]+\\.yaml")
            .matcher(Files.readString(SHIPPED.resolve("kustomization.yaml")))
            .results()
            .map(MatchResult::group)
            .toList()) {
      documents.addAll(read(SHIPPED.resolve(file)));
    }
    return documents;
  }

  private static List<Document> before() throws IOException {
    List<Document> documents = new ArrayList<>();
    try (Stream<Path> files = Files.list(BEFORE)) {
      for (Path file : files.sorted().toList()) {
        documents.addAll(read(file));
      }
    }
    return documents;
  }

  private static List<Document> read(Path file) throws IOException {
    return Stream.of(Files.readString(file).split("(?m)^---\\s*$"))
        .map(yaml -> JSON.<JsonNode>valueToTree(Serialization.unmarshal(yaml, Map.class)))
        .filter(object -> object.path("kind").asText().contains("AdmissionPolicy"))
        .map(object -> new Document(path(object), object))
        .toList();
  }

  private static String path(JsonNode object) {
    String plural =
        (object.path("kind").asText().toLowerCase(Locale.ROOT) + "s")
            .replace("policys", "policies");
    return "/apis/admissionregistration.k8s.io/v1/%s/%s"
        .formatted(plural, object.at("/metadata/name").asText());
  }

  private static Path folder(String path) {
    return Path.of(System.getProperty("basedir", "")).resolve(path).toAbsolutePath();
  }
}
