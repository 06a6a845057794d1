package dev.berth.kubernetes.policy;

import dev.berth.tenant.condition.Brief;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The first place where a live object is not as it was shipped: every shipped field must be equal,
 * lists to the last entry, and any further field must be one that the API server adds by itself.
 */
final class PolicyDifference {

  /** What the API server fills in; list indexes left out. */
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "spec.matchConstraints.matchPolicy",
          "Equivalent",
          "spec.matchConstraints.namespaceSelector",
          Map.of(),
          "spec.matchConstraints.objectSelector",
          Map.of(),
          "spec.matchConstraints.resourceRules[].scope",
          "*",
          "spec.matchConstraints.excludeResourceRules[].scope",
          "*");

  private static final String STATUS = "status";
  private static final int LONGEST_VALUE = 60;

  private PolicyDifference() {}

  static Optional<String> between(PolicyObject shipped, PolicyObject live) {
    return fields("", shipped.content(), live.content());
  }

  private static Optional<String> fields(String path, Map<?, ?> shipped, Map<?, ?> live) {
    for (String name : names(shipped, live)) {
      String place = path.isEmpty() ? name : path + "." + name;
      Optional<String> difference =
          shipped.containsKey(name)
              ? value(place, shipped.get(name), live.get(name))
              : addition(place, live.get(name));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static Set<String> names(Map<?, ?> shipped, Map<?, ?> live) {
    Set<String> names = new TreeSet<>();
    shipped.keySet().forEach(name -> names.add(name.toString()));
    live.keySet().forEach(name -> names.add(name.toString()));
    return names;
  }

  private static Optional<String> value(
      String place, @Nullable Object shipped, @Nullable Object live) {
    if (shipped instanceof Map<?, ?> fields && live instanceof Map<?, ?> liveFields) {
      return fields(place, fields, liveFields);
    }
    if (shipped instanceof List<?> items && live instanceof List<?> liveItems) {
      return items(place, items, liveItems);
    }
    return Objects.equals(shipped, live)
        ? Optional.empty()
        : Optional.of(place + " is " + shown(live) + ", shipped is " + shown(shipped));
  }

  private static Optional<String> items(String place, List<?> shipped, List<?> live) {
    for (int i = 0; i < Math.min(shipped.size(), live.size()); i++) {
      Optional<String> difference = value(place + "[" + i + "]", shipped.get(i), live.get(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return shipped.size() == live.size()
        ? Optional.empty()
        : Optional.of(place + " has " + live.size() + " entries, shipped " + shipped.size());
  }

  private static Optional<String> addition(String place, @Nullable Object live) {
    return isByTheServer(place.replaceAll("\\[\\d+]", "[]"), live)
        ? Optional.empty()
        : Optional.of(place + " is added: " + shown(live));
  }

  /**
   * Whether the API server adds such a field by itself.
   *
   * @param place without list indexes
   */
  static boolean isByTheServer(String place, @Nullable Object value) {
    return place.equals(STATUS) || (value != null && value.equals(DEFAULTS.get(place)));
  }

  private static String shown(@Nullable Object value) {
    if (value == null) {
      return "absent";
    }
    String text = value instanceof String ? "\"" + value + "\"" : value.toString();
    return Brief.of(text, LONGEST_VALUE);
  }
}
