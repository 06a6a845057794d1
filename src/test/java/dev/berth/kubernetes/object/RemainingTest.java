package dev.berth.kubernetes.object;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.kubernetes.Hands;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RemainingTest {

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final JsonNode NO_PODS = Hands.json("{'items': []}");

  @Test
  void whatTheControllerSaysIsPassedOn() {
    JsonNode namespace =
        Hands.json(
            """
            {'status': {'conditions': [
             {'type': 'NamespaceContentRemaining', 'status': 'True',
              'message': 'things.ex.io has 1 resource instances'},
             {'type': 'NamespaceDeletionDiscoveryFailure', 'status': 'True',
              'message': 'stale GroupVersion discovery: ex.io/v1'},
             {'type': 'NamespaceDeletionContentFailure', 'status': 'False', 'message': 'all well'}
            ]}}\
            """);

    assertThat(Remaining.obstacles(namespace, NO_PODS, NOW))
        .containsExactly(
            "things.ex.io has 1 resource instances", "stale GroupVersion discovery: ex.io/v1");
  }

  @Test
  void aPodWithAFinalizerShowsInNoConditionButIsNamed() {
    JsonNode pods =
        Hands.json("{'items': [{'metadata': {'name': 'web', 'finalizers': ['ex.io/stay']}}]}");

    assertThat(Remaining.obstacles(Hands.json("{}"), pods, NOW))
        .containsExactly("pod web has the finalizers [\"ex.io/stay\"]");
  }

  /** L3: as Rancher sets it. */
  @Test
  void aFinalizerOfTheNamespaceItselfShowsInNoConditionButIsNamed() {
    JsonNode namespace =
        Hands.json(
            """
            {'metadata': {'finalizers': ['controller.cattle.io/namespace-auth']},
             'spec': {'finalizers': ['kubernetes', 'ex.io/origin']}}\
            """);

    assertThat(Remaining.obstacles(namespace, NO_PODS, NOW))
        .containsExactly(
            "it has the finalizers [\"controller.cattle.io/namespace-auth\"]",
            "it has the finalizers [\"ex.io/origin\"]");
    assertThat(
            Remaining.obstacles(
                Hands.json("{'spec': {'finalizers': ['kubernetes']}}"), NO_PODS, NOW))
        .isEmpty();
  }

  /** G3: a tenant may write as many finalizers as fit into an object. */
  @Test
  void ofManyFinalizersTheFirstAreNamed() {
    String finalizers =
        IntStream.range(0, 5200)
            .mapToObj(i -> "'ex.io/%s-%d'".formatted("x".repeat(200), i))
            .collect(Collectors.joining(","));
    JsonNode pods =
        Hands.json(
            "{'items': [{'metadata': {'name': 'web', 'finalizers': [%s]}}]}".formatted(finalizers));

    assertThat(Remaining.obstacles(Hands.json("{}"), pods, NOW))
        .singleElement()
        .asString()
        .startsWith("pod web has 5200 finalizers, the first are [\"ex.io/xxx")
        .hasSizeLessThan(500);
  }

  @Test
  void aBoundPodPastItsGracePeriodPointsToTheKubelet() {
    String pod =
        "{'items': [{'metadata': {'name': 'web', 'deletionTimestamp': '2026-11-24T%s'},"
            + " 'spec': {'nodeName': 'node-1'}}]}";

    assertThat(Remaining.pods("tenant-acme", Hands.json(pod.formatted("11:59:00Z")), NOW))
        .contains("1 pods remain in tenant-acme", "web", "node-1", "kubelet");
    assertThat(Remaining.pods("tenant-acme", Hands.json(pod.formatted("12:00:20Z")), NOW))
        .doesNotContain("kubelet");
  }

  @Test
  void podsBeyondTheFirstPageCount() {
    JsonNode pods =
        Hands.json(
            """
            {'metadata': {'remainingItemCount': 30},
             'items': [{'metadata': {'name': 'web', 'deletionTimestamp': '2026-11-24T12:00:00Z'}}]}\
            """);

    assertThat(Remaining.count(pods)).isEqualTo(31);
    assertThat(Remaining.isStanding(pods)).isTrue();
  }
}
