package dev.berth.kubernetes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.plan.ClusterAdmission.PolicyFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ShippedPoliciesTest {

  private static final String POLICY = "ValidatingAdmissionPolicy berth-sandbox";
  private static final String BINDING = "ValidatingAdmissionPolicyBinding berth-sandbox";
  private static final String DEFAULT = "MutatingAdmissionPolicy berth-sandbox-default";

  private final ShippedPolicies shipped = ShippedPolicies.load();

  @Test
  void eachObjectIsMissedAndEachAlterationSeen() {
    for (PolicyObject object : shipped.objects()) {
      List<PolicyObject> live = asServed();
      live.removeIf(object::isSameObject);

      assertThat(shipped.faults(live, true))
          .containsExactly(new PolicyFault(object.toString(), null, object.guards()));
      assertThat(altered(object.toString(), spec -> spec.put("more", "x")))
          .isEqualTo("spec.more is added: \"x\"");
    }
  }

  @Test
  void whatTheApiServerAddsIsNoAlteration() {
    assertThat(shipped.faults(asServed(), true)).isEmpty();
  }

  @Test
  void foreignPoliciesDoNotMatter() {
    List<PolicyObject> live = asServed();
    live.add(new PolicyObject("ValidatingAdmissionPolicy", "another", Map.of()));

    assertThat(shipped.faults(live, true)).isEmpty();
  }

  @Test
  void aMissingObjectHasNoDifference() {
    List<PolicyObject> live = asServed();
    live.removeIf(object -> object.toString().equals(BINDING));

    assertThat(shipped.faults(live, true)).containsExactly(new PolicyFault(BINDING, null, true));
  }

  @Test
  void aBindingThatNoLongerDeniesIsAltered() {
    assertThat(altered(BINDING, spec -> spec.putArray("validationActions").add("Audit")))
        .isEqualTo("spec.validationActions[0] is \"Audit\", shipped is \"Deny\"");
    assertThat(altered(BINDING, spec -> array(spec, "/validationActions").remove(1)))
        .isEqualTo("spec.validationActions has 1 entries, shipped 2");
    assertThat(altered(BINDING, spec -> spec.remove("validationActions")))
        .startsWith("spec.validationActions is absent");
  }

  @Test
  void aBindingOfAnotherPolicyIsAltered() {
    assertThat(altered(BINDING, spec -> spec.put("policyName", "harmless")))
        .isEqualTo("spec.policyName is \"harmless\", shipped is \"berth-sandbox\"");
  }

  @Test
  void aBindingForSomeNamespacesOnlyIsAltered() {
    assertThat(
            altered(
                BINDING,
                spec ->
                    spec.putObject("matchResources")
                        .putObject("namespaceSelector")
                        .putObject("matchLabels")
                        .put("a", "b")))
        .startsWith("spec.matchResources is added: {");
  }

  @Test
  void aBindingWithAParameterIsAltered() {
    assertThat(altered(BINDING, spec -> spec.putObject("paramRef").put("name", "x")))
        .startsWith("spec.paramRef is added: {");
  }

  @Test
  void aPolicyThatMayFailIsAltered() {
    assertThat(altered(POLICY, spec -> spec.put("failurePolicy", "Ignore")))
        .isEqualTo("spec.failurePolicy is \"Ignore\", shipped is \"Fail\"");
  }

  @Test
  void aFurtherMatchConditionIsAnAlteration() {
    assertThat(
            altered(
                POLICY,
                spec ->
                    array(spec, "/matchConditions")
                        .addObject()
                        .put("name", "never")
                        .put("expression", "false")))
        .isEqualTo("spec.matchConditions has 2 entries, shipped 1");
  }

  @Test
  void anExcludedResourceIsAnAlteration() {
    assertThat(
            altered(
                POLICY,
                spec ->
                    object(spec, "/matchConstraints").putArray("excludeResourceRules").addObject()))
        .startsWith("spec.matchConstraints.excludeResourceRules is added: [");
  }

  @Test
  void aNarrowerScopeIsAnAlteration() {
    assertThat(
            altered(
                POLICY,
                spec -> object(spec, "/matchConstraints/resourceRules/0").put("scope", "Cluster")))
        .isEqualTo("spec.matchConstraints.resourceRules[0].scope is added: \"Cluster\"");
    assertThat(
            altered(
                POLICY,
                spec ->
                    object(spec, "/matchConstraints/resourceRules/0")
                        .putArray("resourceNames")
                        .add("p")))
        .startsWith("spec.matchConstraints.resourceRules[0].resourceNames is added");
    assertThat(
            altered(POLICY, spec -> object(spec, "/matchConstraints").put("matchPolicy", "Exact")))
        .isEqualTo("spec.matchConstraints.matchPolicy is added: \"Exact\"");
  }

  @Test
  void aSelectorIsAnAlteration() {
    for (String selector : List.of("namespaceSelector", "objectSelector")) {
      assertThat(
              altered(
                  POLICY,
                  spec ->
                      object(spec, "/matchConstraints/" + selector)
                          .putObject("matchLabels")
                          .put("a", "b")))
          .startsWith("spec.matchConstraints." + selector + " is added: {");
    }
    assertThat(
            altered(
                DEFAULT, spec -> object(spec, "/matchConstraints").putObject("namespaceSelector")))
        .startsWith("spec.matchConstraints.namespaceSelector.matchExpressions is absent");
  }

  @Test
  void aChangedExpressionIsAnAlteration() {
    assertThat(altered(POLICY, spec -> object(spec, "/validations/0").put("expression", "true")))
        .startsWith("spec.validations[0].expression is \"true\", shipped is \"variables.isolation");
    assertThat(altered(POLICY, spec -> object(spec, "/variables/2").put("expression", "'x'")))
        .startsWith("spec.variables[2].expression is \"'x'\"");
    assertThat(
            altered(
                DEFAULT,
                spec ->
                    object(spec, "/mutations/0/applyConfiguration").put("expression", "Object{}")))
        .startsWith("spec.mutations[0].applyConfiguration.expression is \"Object{}\"");
  }

  @Test
  void aParameterIsAnAlteration() {
    assertThat(altered(POLICY, spec -> spec.putObject("paramKind").put("kind", "ConfigMap")))
        .startsWith("spec.paramKind is added: {");
  }

  @Test
  void onlyTheServersStatusIsTakenAsBookkeeping() {
    assertThat(altered(POLICY, spec -> spec.putObject("status")))
        .startsWith("spec.status is added");
  }

  private String altered(String object, Consumer<ObjectNode> alteration) {
    List<PolicyObject> live = asServed();
    live.replaceAll(policy ->
        policy.toString().equals(object) ? ServedPolicies.changed(policy, alteration) : policy);

    List<PolicyFault> faults = shipped.faults(live, true);

    assertThat(faults).singleElement().extracting(PolicyFault::object).isEqualTo(object);
    return faults.getFirst().difference();
  }

  private List<PolicyObject> asServed() {
    return new ArrayList<>(shipped.objects().stream().map(ServedPolicies::served).toList());
  }

  private static ObjectNode object(ObjectNode spec, String pointer) {
    return (ObjectNode) spec.at(pointer);
  }

  private static ArrayNode array(ObjectNode spec, String pointer) {
    return (ArrayNode) spec.at(pointer);
  }
}
