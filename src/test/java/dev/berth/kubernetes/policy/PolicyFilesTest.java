package dev.berth.kubernetes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** What all files of k8s/policies have in common. */
class PolicyFilesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> WHERE_IT_IS =
      Set.of(
          "pod",
          "anyPod",
          "podAnnotations",
          "annotationsBefore",
          "isCreated",
          "isDaemon",
          "imagesBefore",
          "imagePull");

  private final ShippedPolicies shipped = ShippedPolicies.load();

  @Test
  void everyFileOfTheFolderIsCompared() throws IOException {
    Path folder = Path.of(System.getProperty("basedir", "")).resolve("k8s/policies");
    String kustomization = Files.readString(folder.resolve("kustomization.yaml").toAbsolutePath());
    List<String> files =
        Pattern.compile("berth-[a-z-]+(?=\\.yaml)")
            .matcher(kustomization)
            .results()
            .map(MatchResult::group)
            .filter(file -> !file.equals("berth-probe"))
            .toList();

    assertThat(files).contains("berth-sandbox", "berth-managed");
    try (Stream<Path> all = Files.list(folder.toAbsolutePath())) {
      assertThat(all).as("with berth-probe.yaml and the kustomization").hasSize(files.size() + 2);
    }
    assertThat(shipped.objects().stream().map(PolicyObject::toString))
        .containsExactlyInAnyOrderElementsOf(
            files.stream().flatMap(PolicyFilesTest::policyAndBinding).toList());
  }

  private static Stream<String> policyAndBinding(String name) {
    String kind =
        name.endsWith("-default") ? "MutatingAdmissionPolicy" : "ValidatingAdmissionPolicy";
    return Stream.of(kind + " " + name, kind + "Binding " + name);
  }

  @Test
  void everyPolicyAndBindingSaysItsRole() {
    for (PolicyObject object : shipped.objects()) {
      String role =
          switch (object.name()) {
            case "berth-sandbox-default", "berth-images-default" -> "default";
            case "berth-workload-warning", "berth-cronjob-warning" -> "warning";
            case "berth-restraint" -> "restraint";
            default -> "guard";
          };
      assertThat(object.role()).as(object.toString()).isEqualTo(role);
    }
  }

  @Test
  void everyPolicyFailsClosedAndHasNoParameterToLose() {
    for (PolicyObject object : shipped.objects()) {
      JsonNode spec = JSON.valueToTree(object.content().get("spec"));
      if (object.kind().endsWith("Binding")) {
        assertThat(spec.path("policyName").asText()).isEqualTo(object.name());
        assertThat(spec.has("paramRef")).isFalse();
      } else {
        assertThat(spec.path("failurePolicy").asText()).as(object.name()).isEqualTo("Fail");
        assertThat(spec.has("paramKind")).as(object.name()).isFalse();
        assertThat(spec.path("validations").findValuesAsText("reason"))
            .as(object.name())
            .hasSize(spec.path("validations").size())
            .allMatch("Forbidden"::equals);
      }
    }
  }

  /**
   * Kustomize writes a folded text with a line break in it as another text, and Berth would call
   * the policy altered: only deeper indented lines keep their breaks.
   */
  @Test
  void noFoldedTextHasALineBreakLeft() throws IOException {
    Path folder = Path.of(System.getProperty("basedir", "")).resolve("k8s").toAbsolutePath();
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(
              all.filter(file -> file.toString().endsWith(".yaml"))
                  .filter(file -> !file.getParent().endsWith("templates"))) // of the chart: no YAML
          .hasSizeGreaterThan(20)
          .allSatisfy(file ->
              assertThat(folded(file))
                  .as("%s", file)
                  .noneMatch(text -> text.strip().contains("\n")));
    }
  }

  private static List<String> folded(Path file) throws IOException {
    Iterable<Event> events =
        new Parse(LoadSettings.builder().build()).parseString(Files.readString(file));
    return StreamSupport.stream(events.spliterator(), false)
        .filter(ScalarEvent.class::isInstance)
        .map(ScalarEvent.class::cast)
        .filter(text -> text.getScalarStyle() == ScalarStyle.FOLDED)
        .map(ScalarEvent::getValue)
        .toList();
  }

  /** A question is the expression and the variables of the same names; where a pod is differs. */
  @Test
  void templatesAreAskedTheSameAsPods() {
    List<String> policies =
        List.of(
            "berth-annotations",
            "berth-host-access",
            "berth-limits",
            "berth-images",
            "berth-placement");
    List<String> ofPods =
        policies.stream().flatMap(policy -> expressions(policy).stream()).toList();

    assertThat(ofPods).hasSize(23);
    for (String warning : List.of("berth-workload-warning", "berth-cronjob-warning")) {
      List<String> ofTemplates = expressions(warning);
      assertThat(ofTemplates.subList(1, ofTemplates.size())).isEqualTo(ofPods);
      for (String policy : policies) {
        Map<String, String> variables = variables(policy);
        variables.keySet().removeAll(WHERE_IT_IS);
        assertThat(variables(warning)).as(policy).containsAllEntriesOf(variables);
      }
    }
  }

  private List<String> expressions(String policy) {
    return spec(policy).at("/validations").findValuesAsText("expression");
  }

  private Map<String, String> variables(String policy) {
    Map<String, String> variables = new HashMap<>();
    spec(policy)
        .path("variables")
        .forEach(variable ->
            variables.put(variable.path("name").asText(), variable.path("expression").asText()));
    return variables;
  }

  private JsonNode spec(String policy) {
    return shipped.objects().stream()
        .filter(object -> object.toString().equals("ValidatingAdmissionPolicy " + policy))
        .map(object -> JSON.<JsonNode>valueToTree(object.content()).path("spec"))
        .findFirst()
        .orElseThrow();
  }
}
