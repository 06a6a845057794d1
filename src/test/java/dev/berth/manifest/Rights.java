package dev.berth.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rules of RBAC in a form that people compare: a line for each resource, with its verbs. */
public final class Rights {
  private Rights() {}

  public static String of(Iterable<JsonNode> rules) {
    Map<String, Set<String>> verbs = new TreeMap<>();
    for (JsonNode rule : rules) {
      String names = rule.path("resourceNames").isEmpty() ? "" : " " + rule.path("resourceNames");
      for (JsonNode group : rule.path("apiGroups")) {
        for (JsonNode resource : rule.path("resources")) {
          String dot = group.asText().isEmpty() ? "" : "." + group.asText();
          Set<String> known =
              verbs.computeIfAbsent(resource.asText() + dot + names, key -> new TreeSet<>());
          rule.path("verbs").forEach(verb -> known.add(verb.asText()));
        }
      }
    }
    return verbs.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + String.join(" ", entry.getValue()) + "\n")
        .collect(Collectors.joining());
  }
}
