package dev.berth.kubernetes.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Resource.Kind;
import org.junit.jupiter.api.Test;

/** L11: whether Berth or somebody else did what is seen. */
class SightingTest {

  private static final String PODS = "'f:spec': {'f:hard': {'f:pods': {}}}";
  private static final String NOTHING = "'f:metadata': {}";

  private final Sighting made = quota("'pods': '2'", berth(0, PODS));

  @Test
  void whatBerthMakesAndChangesIsNoDrift() {
    assertThat(made.isDriftAfter(null)).isFalse();
    assertThat(quota("'pods': '3'", berth(1, PODS)).isDriftAfter(made)).isFalse();
    assertThat(quota("", berth(1, NOTHING)).isDriftAfter(made))
        .as("a removal comes with the generation that asks for it")
        .isFalse();
  }

  @Test
  void whatOthersSetIsDriftAndItsRepairIsNone() {
    Sighting edited = quota("'pods': '9'", berth(0, NOTHING), other(1, PODS));

    assertThat(edited.isDriftAfter(made)).isTrue();
    assertThat(edited.isDriftAfter(null)).as("seen first after a restart").isTrue();
    assertThat(edited.isDriftAfter(edited)).as("seen again in a listing").isFalse();
    assertThat(quota("'pods': '2'", berth(1, PODS)).isDriftAfter(edited)).isFalse();
  }

  @Test
  void whatOthersAddAndBerthTakesAwayIsDriftOnce() {
    Sighting added =
        quota(
            "'pods': '2', 'services': '9'",
            berth(0, PODS),
            other(0, "'f:spec': {'f:hard': {'f:services': {}}}"));

    assertThat(added.isDriftAfter(made)).isTrue();
    assertThat(made.isDriftAfter(added)).isFalse();
  }

  @Test
  void whatOthersRemoveLeavesNoTraceAndIsDriftAllTheSame() {
    Sighting removed = quota("", berth(0, NOTHING));

    assertThat(removed.isDriftAfter(made)).isTrue();
    assertThat(made.isDriftAfter(removed)).as("repaired within the same second").isFalse();
  }

  @Test
  void whereNobodyIsKeptAsTheWriterAnyChangeMayBeOfOthers() {
    Sighting before = quota("'pods': '2'");

    assertThat(before.isDriftAfter(null)).isFalse();
    assertThat(quota("'pods': '9'").isDriftAfter(before)).isTrue();
    assertThat(quota("'pods': '2'").isDriftAfter(before)).isFalse();
  }

  @Test
  void whatOthersKeepBesideItIsNoDrift() {
    String theirs = "'f:metadata': {'f:labels': {'f:team': {}}}";
    Sighting labelled =
        sighting(
            Kind.ResourceQuota,
            "'labels': {'team': 'red'},",
            "'spec': {'hard': {'pods': '2'}}, 'status': {'used': {'pods': '1'}}",
            berth(0, PODS),
            other(1, theirs));

    assertThat(labelled.isDriftAfter(made)).isFalse();
    assertThat(labelled.isDriftAfter(null)).isFalse();
  }

  @Test
  void anObjectThatBeginsToGoIsDrift() {
    Sighting going =
        sighting(
            Kind.ResourceQuota,
            "'deletionTimestamp': '2026-11-30T10:00:00Z',",
            "'spec': {'hard': {'pods': '2'}}",
            berth(0, PODS));

    assertThat(going.isDriftAfter(made)).isTrue();
    assertThat(going.isDriftAfter(going)).isFalse();
  }

  @Test
  void ofANamespaceLabelsOfBerthAndThePlanCount() {
    String set =
        "'f:metadata': {'f:labels': {'f:berth.dev/isolation': {}, 'f:cost': {}}, 'f:annotations':"
            + " {'f:berth.dev/plan': {}}}";
    Sighting before = namespace("sandboxed", "1", "x", "", berth(0, set));

    for (String field : new String[] {"berth.dev/isolation", "cost"}) {
      String theirs = "'f:metadata': {'f:labels': {'f:" + field + "': {}}}";
      boolean label = field.equals("cost");
      assertThat(
              namespace(
                      label ? "sandboxed" : "shared",
                      label ? "2" : "1",
                      "x",
                      "",
                      berth(0, set.replace("'f:" + field + "': {}", "'f:-': {}")),
                      other(1, theirs))
                  .isDriftAfter(before))
          .as(field)
          .isTrue();
    }
  }

  @Test
  void ofANamespacesAnnotationsThoseOfBerthCountAndNoLabelOfOthers() {
    String set =
        "'f:metadata': {'f:labels': {'f:berth.dev/isolation': {}, 'f:cost': {}}, 'f:annotations':"
            + " {'f:berth.dev/plan': {}}}";
    Sighting before = namespace("sandboxed", "1", "x", "", berth(0, set));

    assertThat(
            namespace(
                    "sandboxed",
                    "1",
                    "y",
                    "",
                    berth(0, set.replace("f:berth.dev/plan", "f:-")),
                    other(1, "'f:metadata': {'f:annotations': {'f:berth.dev/plan': {}}}"))
                .isDriftAfter(before))
        .isTrue();
    assertThat(
            namespace(
                    "sandboxed",
                    "1",
                    "x",
                    ", 'foreign': 'y'",
                    berth(0, set),
                    other(1, "'f:metadata': {'f:labels': {'f:foreign': {}}}"))
                .isDriftAfter(before))
        .isFalse();
  }

  @Test
  void aBindingOfOthersIsDriftAsSoonAsItIsThere() {
    Sighting foreign =
        sighting(
            Kind.RoleBinding,
            "",
            "'subjects': [{'name': 'support'}]",
            other(0, "'f:subjects': {}, 'f:roleRef': {}"));

    assertThat(foreign.isDriftAfter(null)).isTrue();
    assertThat(foreign.isDriftAfter(foreign)).isFalse();
  }

  private static Sighting namespace(
      String isolation, String cost, String plan, String more, String... managers) {
    return sighting(
        Kind.Namespace,
        "'labels': {'berth.dev/isolation': '%s', 'cost': '%s'%s}, 'annotations': {'berth.dev/plan': '%s', 'berth.dev/plan-keys': 'cost'},"
            .formatted(isolation, cost, more, plan),
        "'spec': {'finalizers': ['kubernetes']}",
        managers);
  }

  private static Sighting quota(String hard, String... managers) {
    return sighting(Kind.ResourceQuota, "", "'spec': {'hard': {" + hard + "}}", managers);
  }

  private static Sighting sighting(Kind kind, String metadata, String content, String... managers) {
    return Sighting.of(
        kind,
        new Live(
            Hands.json(
                "{'metadata': {%s 'managedFields': [%s]}, %s}"
                    .formatted(metadata, String.join(",", managers), content))));
  }

  private static String berth(int second, String fields) {
    return manager("berth", second, fields);
  }

  private static String other(int second, String fields) {
    return manager("kubectl-edit", second, fields);
  }

  private static String manager(String name, int second, String fields) {
    return "{'manager': '%s', 'time': '2026-11-30T10:00:0%dZ', 'fieldsV1': {%s}}"
        .formatted(name, second, fields);
  }
}
