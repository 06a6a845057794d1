package dev.berth.kubernetes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Consumer;

/** Shipped policies as an API server gives them back, or as somebody has changed them. */
final class ServedPolicies {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ServedPolicies() {}

  static PolicyObject served(PolicyObject policy) {
    return changed(policy, ServedPolicies::addDefaults);
  }

  private static void addDefaults(ObjectNode spec) {
    if (spec.get("matchConstraints") instanceof ObjectNode constraints) {
      constraints.put("matchPolicy", "Equivalent").putObject("objectSelector");
      if (!constraints.has("namespaceSelector")) {
        constraints.putObject("namespaceSelector");
      }
      for (String rules : new String[] {"resourceRules", "excludeResourceRules"}) {
        constraints.path(rules).forEach(ServedPolicies::addScope);
      }
    }
  }

  private static void addScope(JsonNode rule) {
    if (!rule.has("scope")) {
      ((ObjectNode) rule).put("scope", "*");
    }
  }

  @SuppressWarnings("unchecked")
  static PolicyObject changed(PolicyObject policy, Consumer<ObjectNode> change) {
    ObjectNode content = JSON.valueToTree(policy.content());
    change.accept((ObjectNode) content.get("spec"));
    content.putObject("status").put("observedGeneration", 1);
    return new PolicyObject(
        policy.kind(), policy.name(), JSON.convertValue((JsonNode) content, Map.class));
  }
}
