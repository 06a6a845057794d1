package dev.berth.kubernetes.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.object.FieldManagers.ForeignWriter;
import dev.berth.kubernetes.server.Live;
import org.junit.jupiter.api.Test;

/** As Kubernetes 1.36 keeps them. */
class FieldManagersTest {

  private static final String PODS = "{'spec': {'hard': {'pods': 1}}}";

  private final FieldManagers edited =
      managers(
          """
          {'manager': 'berth', 'operation': 'Update', 'time': '2026-11-30T10:00:00Z', 'fieldsV1':
            {'f:metadata': {'f:labels': {'.': {}, 'f:berth.dev/tenant': {}}}, 'f:spec': {'f:hard': {'.': {}, 'f:services': {}}}}},
          {'manager': 'kubectl-edit', 'operation': 'Update', 'time': '2026-11-30T10:05:00Z', 'fieldsV1':
            {'f:metadata': {'f:labels': {'f:team': {}}}, 'f:spec': {'f:hard': {'f:pods': {}}}}},
          {'manager': 'older', 'operation': 'Apply', 'time': '2026-11-30T10:04:00Z', 'fieldsV1':
            {'f:spec': {'f:hard': {'f:pods': {}}}}},
          {'manager': 'kube-controller-manager', 'operation': 'Update', 'subresource': 'status',
           'time': '2026-11-30T11:00:00Z', 'fieldsV1': {'f:spec': {'f:hard': {'f:pods': {}}}}}\
          """);

  @Test
  void theLatestStrangerWhoSetTheFieldIsNamedAndStatusDoesNotCount() {
    assertThat(edited.stranger(Hands.json(PODS)))
        .contains(new ForeignWriter("kubectl-edit", "2026-11-30T10:05:00Z"));
    assertThat(edited.stranger(Hands.json("{'spec': {'hard': {'services': 1}}}"))).isEmpty();
    assertThat(edited.stranger(Hands.json("{'metadata': {'labels': {'berth.dev/tenant': 1}}}")))
        .isEmpty();
  }

  @Test
  void whatBerthSetLastIsItsOwn() {
    assertThat(edited.areBerths(Hands.json("{'spec': {'hard': {'services': 1}}}"))).isTrue();
    assertThat(edited.areBerths(Hands.json(PODS))).isFalse();
    assertThat(edited.areBerths(Hands.json("{'spec': {'hard': {'services': 1, 'pods': 1}}}")))
        .isFalse();
    assertThat(edited.written()).isEqualTo("2026-11-30T10:00:00Z");
  }

  @Test
  void inTheSameSecondTheStrangerIsTakenForTheLast() {
    FieldManagers atOnce =
        managers(
            """
            {'manager': 'berth', 'time': '2026-11-30T10:00:00Z', 'fieldsV1': {'f:roleRef': {}}},
            {'manager': 'k9s', 'time': '2026-11-30T10:00:00Z', 'fieldsV1': {'f:subjects': {}}}\
            """);

    assertThat(atOnce.isStrangerLast(Hands.json("{'subjects': [{'name': 'x'}]}"))).isTrue();
    assertThat(atOnce.isStrangerLast(Hands.json("{'roleRef': {'name': 'x'}}"))).isFalse();
    assertThat(atOnce.areBerths(Hands.json("{'roleRef': {'name': 'x'}}")))
        .as("what is kept as a whole covers what is in it")
        .isTrue();
  }

  @Test
  void anObjectThatBerthNeverWroteIsSomebodyElses() {
    FieldManagers foreign =
        managers(
            "{'manager': 'helm', 'time': '2026-11-30T10:00:00Z', 'fieldsV1': {'f:subjects': {}}}");

    assertThat(foreign.isStrangerLast(Hands.json("{'subjects': []}"))).isTrue();
    assertThat(managers("").isStrangerLast(Hands.json("{'subjects': []}"))).isFalse();
  }

  private static FieldManagers managers(String entries) {
    return FieldManagers.of(
        new Live(Hands.json("{'metadata': {'managedFields': [" + entries + "]}}")));
  }
}
