package dev.berth.kubernetes.object;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.server.Live;
import org.junit.jupiter.api.Test;

class DifferenceTest {

  @Test
  void whatTheServerLeavesOutIsNoDifference() {
    String desired = "{'kind': 'RoleBinding', 'subjects': []}";

    assertThat(between("{'kind': 'RoleBinding'}", desired)).isEmpty();
  }

  @Test
  void anEmptySelectorIsNotAnAbsentOne() {
    String desired = "{'spec': {'ingress': [{'from': [{'podSelector': {}}]}]}}";
    String opened =
        "{'spec': {'ingress': [{'from': [{'podSelector': {}, 'namespaceSelector': {}}]}]}}";

    assertThat(between(opened, desired)).isEqualTo(Hands.json(desired));
  }

  @Test
  void whatOthersAddedIsTakenOut() {
    String live = "{'spec': {'hard': {'pods': '5', 'services': '1'}, 'scopes': ['BestEffort']}}";

    assertThat(between(live, "{'spec': {'hard': {'pods': '5'}}}"))
        .isEqualTo(Hands.json("{'spec': {'hard': {'services': null}, 'scopes': null}}"));
  }

  @Test
  void aListIsReplacedAsAWhole() {
    String live = "{'spec': {'egress': [{}]}}";

    assertThat(between(live, "{'spec': {'egress': []}}"))
        .isEqualTo(Hands.json("{'spec': {'egress': []}}"));
  }

  @Test
  void quantitiesAreComparedByValueWhereThereAreQuantities() {
    String live = "{'spec': {'hard': {'memory': '1Gi', 'cpu': '1', 'pods': '5'}}}";
    String same = "'spec': {'hard': {'memory': '1024Mi', 'cpu': '1000m', 'pods': '5.0'}}";
    String user = "{'subjects': [{'name': '1000m'}]}";

    assertThat(between(live, "{'kind': 'ResourceQuota', " + same + "}")).isEmpty();
    assertThat(between("{'subjects': [{'name': '1'}]}", user)).isNotEmpty();
  }

  @Test
  void reservedKeysAreBerthsAndOthersStay() {
    String live =
        """
        {'metadata': {'labels': {'berth.dev/planted': 'x', 'labels.berth.dev/old': 'x',
         'pod-security.kubernetes.io/warn': 'x', 'kubernetes.io/metadata.name': 'n', 'other': 'x'},
         'annotations': {'berth.dev/planted': 'x', 'other': 'x'}}}\
        """;

    assertThat(between(live, "{'metadata': {'labels': {'berth.dev/tenant': 'acme'}}}"))
        .isEqualTo(
            Hands.json(
                """
                {'metadata': {'labels': {'berth.dev/tenant': 'acme', 'berth.dev/planted': null,
                 'labels.berth.dev/old': null, 'pod-security.kubernetes.io/warn': null},
                 'annotations': {'berth.dev/planted': null}}}\
                """));
  }

  @Test
  void whatCameFromAnEarlierPlanIsRemembered() {
    String live =
        """
        {'metadata': {'labels': {'team.io/a': 'x', 'team.io/b': 'x'},
         'annotations': {'berth.dev/plan-keys': 'team.io/a'}}}\
        """;

    assertThat(between(live, "{'metadata': {}}"))
        .isEqualTo(
            Hands.json(
                """
                {'metadata': {'labels': {'team.io/a': null},
                 'annotations': {'berth.dev/plan-keys': null}}}\
                """));
  }

  @Test
  void theRoleOfABindingWithoutSubjectsDoesNotMatter() {
    String live = "{'roleRef': {'name': 'one'}}";

    assertThat(between(live, "{'roleRef': {'name': 'other'}, 'subjects': []}")).isEmpty();
    assertThat(between(live, "{'roleRef': {'name': 'other'}, 'subjects': [{'name': 'x'}]}"))
        .isNotEmpty();
  }

  @Test
  void placesNameEachDifference() {
    ObjectNode patch = (ObjectNode) Hands.json("{'spec': {'hard': {'pods': '1', 'x': null}}}");

    assertThat(Difference.places(patch)).containsExactly("spec.hard.pods", "spec.hard.x");
  }

  private static JsonNode between(String live, String manifest) {
    return Difference.between(new Live(Hands.json(live)), (ObjectNode) Hands.json(manifest));
  }
}
