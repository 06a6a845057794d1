package dev.berth.kubernetes.object;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.kubernetes.server.Answers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What is left of a namespace, and why it does not go: in words for people. */
final class Remaining {

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

  static String pods(String namespace, JsonNode pods, Instant now) {
    List<String> reasons = stuck(pods, now);
    String message = count(pods) + " pods remain in " + namespace;
    return reasons.isEmpty()
        ? message + "; they end within their grace periods"
        : message + ": " + String.join("; ", reasons);
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
    // A pod with a finalizer shows in no condition.
    obstacles.addAll(stuck(pods, now));
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
