package dev.berth.kubernetes.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.Live;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What is left of a namespace, and why it does not go: in words for people. */
public final class Remaining {

  private static final int NAMED = 5;
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Set<String> TELLING =
      Set.of(
          "NamespaceContentRemaining",
          "NamespaceFinalizersRemaining",
          "NamespaceDeletionContentFailure",
          "NamespaceDeletionDiscoveryFailure",
          "NamespaceDeletionGroupVersionParsingFailure");

  private Remaining() {}

  static long count(JsonNode pods) {
    return pods.path("items").size() + pods.at("/metadata/remainingItemCount").asLong();
  }

  /** Whether there is a pod that is not being deleted. */
  static boolean isStanding(JsonNode pods) {
    boolean standing = pods.at("/metadata/remainingItemCount").asLong() > 0;
    for (JsonNode pod : pods.path("items")) {
      standing |= !pod.path("metadata").hasNonNull("deletionTimestamp");
    }
    return standing;
  }

  public static String pods(String namespace, JsonNode pods, Instant now) {
    List<String> reasons = stuck(pods, now);
    String message = count(pods) + " pods remain in " + namespace;
    return reasons.isEmpty()
        ? message + "; they end within their grace periods"
        : message + ": " + String.join("; ", reasons);
  }

  static String terminating(Live object) {
    return " has been terminating since "
        + object.json().at("/metadata/deletionTimestamp").asText();
  }

  /** Finalizers of the object itself; empty if it has none but those of Kubernetes. */
  static List<String> holders(JsonNode object) {
    List<String> holders = new ArrayList<>();
    for (String place : List.of("/metadata/finalizers", "/spec/finalizers")) {
      ArrayNode others = JsonNodeFactory.instance.arrayNode();
      for (JsonNode finalizer : object.at(place)) {
        if (!finalizer.asText().equals("kubernetes")) {
          others.add(finalizer);
        }
      }
      if (!others.isEmpty()) {
        holders.add("it" + finalizers(others));
      }
    }
    return holders;
  }

  /** Why a namespace that is being deleted stays; empty if nothing speaks against its going. */
  static List<String> obstacles(JsonNode namespace, JsonNode pods, Instant now) {
    List<String> obstacles = new ArrayList<>();
    for (JsonNode condition : namespace.at("/status/conditions")) {
      if (condition.path("status").asText().equals("True")
          && TELLING.contains(condition.path("type").asText())) {
        obstacles.add(Answers.brief(condition.path("message").asText()));
      }
    }
    // Neither a pod with a finalizer shows in a condition, nor one of the namespace itself.
    obstacles.addAll(stuck(pods, now));
    obstacles.addAll(holders(namespace));
    return obstacles;
  }

  private static List<String> stuck(JsonNode pods, Instant now) {
    List<String> reasons = new ArrayList<>();
    for (JsonNode pod : pods.path("items")) {
      String name = "pod " + pod.at("/metadata/name").asText();
      JsonNode finalizers = pod.at("/metadata/finalizers");
      if (!finalizers.isEmpty()) {
        reasons.add(name + finalizers(finalizers));
      } else if (isOverdue(pod, now)) {
        String node = pod.at("/spec/nodeName").asText();
        reasons.add(name + " is past its grace period: the kubelet of node " + node + " is silent");
      }
    }
    return reasons.size() <= NAMED ? reasons : List.copyOf(reasons.subList(0, NAMED));
  }

  /** A tenant may create any number of pods. */
  private static String finalizers(JsonNode finalizers) {
    String first =
        StreamSupport.stream(finalizers.spliterator(), false)
            .limit(NAMED)
            .map(JsonNode::toString)
            .collect(Collectors.joining(",", "[", "]"));
    return finalizers.size() <= NAMED
        ? " has the finalizers " + Answers.brief(first)
        : " has %d finalizers, the first are %s".formatted(finalizers.size(), Answers.brief(first));
  }

  /** The time stamp is the moment by which the pod was to be gone. */
  private static boolean isOverdue(JsonNode pod, Instant now) {
    String by = pod.at("/metadata/deletionTimestamp").asText();
    return !by.isEmpty()
        && pod.at("/spec").hasNonNull("nodeName")
        && Instant.parse(by).plus(GRACE).isBefore(now);
  }
}
