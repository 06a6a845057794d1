package dev.berth.manifest.rule;

import static dev.berth.manifest.rule.Rule.container;
import static dev.berth.manifest.rule.Rule.each;
import static dev.berth.manifest.rule.Rule.holds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.manifest.Rendering;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** That objects find each other: the account, what is mounted, and where everything is. */
public final class PlaceRules {
  private static final Set<String> OF_THE_CLUSTER =
      Set.of(
          "ClusterRole",
          "ClusterRoleBinding",
          "FlowSchema",
          "MutatingAdmissionPolicy",
          "MutatingAdmissionPolicyBinding",
          "Namespace",
          "PriorityClass",
          "PriorityLevelConfiguration",
          "RuntimeClass",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding");

  public static final List<Rule> ALL =
      List.of(
          new Rule(
              "everything is in " + InstallationRules.NAMESPACE + ", where the policies know Berth",
              PlaceRules::elsewhere),
          holds(
              "Berth acts as its account, with a token",
              rendering -> {
                JsonNode spec = rendering.template().path("spec");
                return spec.path("serviceAccountName").asText().equals("berth")
                    && spec.path("automountServiceAccountToken").asBoolean();
              }),
          new Rule("every volume has one source, which is there", PlaceRules::brokenVolumes),
          holds(
              "every mount has its volume, and every volume its mount",
              rendering ->
                  names(rendering.template().at("/spec/volumes"))
                      .equals(names(rendering.container().path("volumeMounts")))),
          container(
              "the image says what runs",
              it -> it.path("command").isMissingNode() && it.path("args").isMissingNode()));

  private PlaceRules() {}

  private static List<String> elsewhere(Rendering rendering) {
    return rendering.objects().stream()
        .filter(object -> !OF_THE_CLUSTER.contains(object.path("kind").asText()))
        .filter(object ->
            !object.at("/metadata/namespace").asText().equals(InstallationRules.NAMESPACE))
        .map(object ->
            "%s %s is in namespace '%s'"
                .formatted(
                    object.path("kind").asText(),
                    object.at("/metadata/name").asText(),
                    object.at("/metadata/namespace").asText()))
        .toList();
  }

  private static List<String> brokenVolumes(Rendering rendering) {
    return each(rendering.template().at("/spec/volumes"))
        .flatMap(volume -> brokenVolume(rendering, volume))
        .toList();
  }

  private static Stream<String> brokenVolume(Rendering rendering, JsonNode volume) {
    String name = volume.path("name").asText();
    if (volume.size() != 2) {
      return Stream.of("%s has %d sources".formatted(name, volume.size() - 1));
    }
    if (volume.has("configMap") && configMap(rendering, volume).isEmpty()) {
      return Stream.of(
          "%s: there is no ConfigMap %s next to the Deployment"
              .formatted(name, volume.at("/configMap/name").asText()));
    }
    if (volume.has("secret") && !volume.at("/secret/secretName").asText().equals("berth")) {
      return Stream.of("%s: the Secret is named berth".formatted(name));
    }
    return Stream.of();
  }

  /** The ConfigMap of a volume, in the namespace of the Deployment; else an empty object. */
  public static JsonNode configMap(Rendering rendering, JsonNode volume) {
    JsonNode found = rendering.one("ConfigMap", volume.at("/configMap/name").asText());
    return found.at("/metadata/namespace").equals(rendering.deployment().at("/metadata/namespace"))
        ? found
        : new ObjectMapper().createObjectNode();
  }

  private static Set<String> names(JsonNode named) {
    return each(named).map(it -> it.path("name").asText()).collect(Collectors.toSet());
  }
}
