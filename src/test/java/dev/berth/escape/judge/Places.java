package dev.berth.escape.judge;

import static dev.berth.escape.judge.PodObject.items;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.escape.generator.Tenancy;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** No node of its own choice, and nobody pushed aside. */
final class Places {
  /** What a node of any tenant's class may have by itself; none tells one node from another. */
  private static final Set<String> COMMON =
      Set.of(
          "topology.kubernetes.io/zone",
          "topology.kubernetes.io/region",
          "kubernetes.io/arch",
          "kubernetes.io/os",
          "node.kubernetes.io/instance-type");

  /** How long a pod stays on a node that is lost. */
  private static final Set<String> LOST_NODE =
      Set.of(
          "node.kubernetes.io/not-ready",
          "node.kubernetes.io/unreachable",
          "node.kubernetes.io/memory-pressure");

  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  private Places() {}

  static Stream<Breach> breaches(PodObject pod, Tenancy tenancy) {
    JsonNode spec = pod.spec();
    String scheduler = spec.path("schedulerName").asText("default-scheduler");
    String priority = spec.path("priorityClassName").asText();
    return Stream.of(
            Confinement.breach(
                !spec.path("nodeName").asText().isEmpty(), "a node of its own choice", "nodeName"),
            Confinement.breach(
                !scheduler.equals("default-scheduler"), "a scheduler of its own", scheduler),
            Confinement.breach(
                !priority.isEmpty() && !tenancy.priorityClasses().contains(priority),
                "a priority of its own choice",
                priority),
            selectors(spec),
            tolerations(spec),
            nodeTerms(spec.at("/affinity/nodeAffinity")),
            podTerms(spec.path("affinity"), tenancy),
            items(spec.path("schedulingGroup"))
                .map(group -> new Breach("scheduled with others", group.toString())))
        .flatMap(breaches -> breaches);
  }

  private static Stream<Breach> selectors(JsonNode spec) {
    return spec.path("nodeSelector").properties().stream()
        .filter(label -> !COMMON.contains(label.getKey()))
        .map(label -> label.getKey() + "=" + label.getValue().asText())
        .filter(label -> !label.equals(Tenancy.NODES))
        .map(label -> new Breach("a node of its own choice", label));
  }

  private static Stream<Breach> tolerations(JsonNode spec) {
    return items(spec.path("tolerations"))
        .map(toleration -> toleration.path("key").asText())
        .filter(key -> !LOST_NODE.contains(key))
        .map(key -> new Breach("tolerates the taint of other nodes", key));
  }

  static Stream<Breach> nodeTerms(JsonNode affinity) {
    Stream<JsonNode> required = items(affinity.path(REQUIRED).path("nodeSelectorTerms"));
    Stream<JsonNode> preferred =
        items(affinity.path(PREFERRED)).map(weighted -> weighted.path("preference"));
    return Stream.concat(required, preferred)
        .flatMap(term ->
            Stream.concat(
                items(term.path("matchFields")).map(field -> "field " + field),
                items(term.path("matchExpressions"))
                    .map(expression -> expression.path("key").asText())
                    .filter(key -> !COMMON.contains(key))))
        .map(choice -> new Breach("a node of its own choice", choice));
  }

  private static Stream<Breach> podTerms(JsonNode affinity, Tenancy tenancy) {
    return Stream.of("podAffinity", "podAntiAffinity")
        .map(affinity::path)
        .flatMap(terms ->
            Stream.concat(
                items(terms.path(REQUIRED)),
                items(terms.path(PREFERRED)).map(weighted -> weighted.path("podAffinityTerm"))))
        .filter(term ->
            term.has("namespaceSelector")
                || !List.of(tenancy.namespace())
                    .containsAll(PodObject.texts(term.path("namespaces"))))
        .map(term -> new Breach("placed by pods of others", term.toString()));
  }
}
