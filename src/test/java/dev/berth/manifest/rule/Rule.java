package dev.berth.manifest.rule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.manifest.Rendering;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What must hold for a rendering.
 *
 * @param name a sentence
 * @param faults why it does not hold; empty where it does
 */
public record Rule(String name, Function<Rendering, List<String>> faults) {

  public static Rule holds(String name, Predicate<Rendering> predicate) {
    return new Rule(
        name, rendering -> predicate.test(rendering) ? List.of() : List.of("does not hold"));
  }

  /** For the spec of Berth's pods. */
  public static Rule pod(String name, Predicate<JsonNode> predicate) {
    return holds(name, rendering -> predicate.test(rendering.template().path("spec")));
  }

  /** For the one container of them. */
  public static Rule container(String name, Predicate<JsonNode> predicate) {
    return holds(name, rendering -> predicate.test(rendering.container()));
  }

  public static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Whether a label selector without expressions takes these labels, and not just anything. */
  public static boolean selects(JsonNode selector, JsonNode labels) {
    return selector.path("matchLabels").size() > 0
        && selector.path("matchLabels").properties().stream()
            .allMatch(wanted -> wanted.getValue().equals(labels.path(wanted.getKey())));
  }
}
