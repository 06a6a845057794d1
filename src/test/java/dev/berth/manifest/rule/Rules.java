package dev.berth.manifest.rule;

import static dev.berth.manifest.rule.Rule.holds;

import dev.berth.manifest.Rendering;
import java.util.List;
import java.util.stream.Stream;

/** Which rules hold for what. */
public final class Rules {
  private static final Rule LANE =
      holds(
          "Berth's lane in the API server is a bounded one, for Berth",
          rendering -> {
            var schema = rendering.one("FlowSchema", "berth").path("spec");
            var level =
                rendering
                    .one(
                        "PriorityLevelConfiguration",
                        schema.at("/priorityLevelConfiguration/name").asText())
                    .path("spec");
            return level.path("type").asText().equals("Limited")
                && level.at("/limited/limitResponse/type").asText().equals("Queue")
                && schema
                    .at("/rules/0/subjects")
                    .toString()
                    .equals(
                        "[{\"kind\":\"ServiceAccount\",\"serviceAccount\":{\"name\":\"berth\",\"namespace\":\"berth-system\"}}]");
          });

  /** Wherever Berth runs. */
  public static final List<Rule> ANYWHERE =
      joined(PodRules.ALL, AvailabilityRules.ALL, PlaceRules.ALL, SettingRules.ALL);

  /** Where it serves tenants. */
  public static final List<Rule> SERVING =
      joined(ANYWHERE, NetworkRules.ALL, List.of(PodRules.IMAGE, AvailabilityRules.REPLICAS, LANE));

  private Rules() {}

  /** What the rules say of a rendering: the names of those that are broken, with the reasons. */
  public static List<String> faults(Rendering rendering, List<Rule> rules) {
    return rules.stream()
        .flatMap(
            rule -> rule.faults().apply(rendering).stream().map(why -> rule.name() + ": " + why))
        .toList();
  }

  @SafeVarargs
  public static List<Rule> joined(List<Rule>... rules) {
    return Stream.of(rules).flatMap(List::stream).toList();
  }
}
