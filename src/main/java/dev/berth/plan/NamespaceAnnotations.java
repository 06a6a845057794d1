package dev.berth.plan;

import static java.util.stream.Collectors.joining;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a namespace's annotations tell the policies of the cluster about its RuntimeClass: they
 * cannot look it up themselves.
 */
final class NamespaceAnnotations {

  private NamespaceAnnotations() {}

  static Map<String, String> of(Plan plan, @Nullable SandboxClass runtime) {
    Map<String, String> annotations = new HashMap<>(plan.metadata().annotations());
    if (runtime != null) {
      put(annotations, "berth.dev/node-selector", selector(runtime));
      put(annotations, "berth.dev/tolerations", tolerations(runtime));
      boolean set = runtime.canary() == SandboxClass.Canary.DEFAULTS;
      annotations.put("berth.dev/class-default", set ? "set" : "none");
    }
    return annotations;
  }

  private static void put(Map<String, String> annotations, String key, String value) {
    if (!value.isEmpty()) {
      annotations.put(key, value);
    }
  }

  private static String selector(SandboxClass runtime) {
    return new TreeMap<>(runtime.nodeSelector())
        .entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(joining(","));
  }

  private static String tolerations(SandboxClass runtime) {
    return String.join(",", new TreeSet<>(runtime.tolerations()));
  }
}
