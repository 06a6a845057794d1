package dev.berth.manifest.rule;

import static dev.berth.manifest.rule.Rule.container;
import static dev.berth.manifest.rule.Rule.each;
import static dev.berth.manifest.rule.Rule.holds;
import static dev.berth.manifest.rule.Rule.pod;
import static dev.berth.manifest.rule.Rule.selects;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.manifest.Rendering;
import java.util.List;
import java.util.Map;

/** That Berth goes on while nodes, replicas and releases come and go. */
public final class AvailabilityRules {
  private static final int LONGEST_START = 120;
  private static final int LEASE = 30;
  private static final int DRAIN = 60;
  private static final Map<String, String> PROBES =
      Map.of(
          "startupProbe", "/q/health/started",
          "livenessProbe", "/q/health/live",
          "readinessProbe", "/q/health/group/api");

  public static final List<Rule> ALL =
      List.of(
          holds(
              "the next replica is there before the last one goes",
              rendering -> {
                JsonNode update = rendering.deployment().at("/spec/strategy/rollingUpdate");
                return update.path("maxUnavailable").toString().equals("0")
                    && update.path("maxSurge").toString().equals("1");
              }),
          holds(
              "a drain takes one replica at a time, and is never stuck",
              rendering -> {
                JsonNode budget = rendering.one("PodDisruptionBudget", "berth").path("spec");
                return budget.path("maxUnavailable").toString().equals("1")
                    && budget.path("unhealthyPodEvictionPolicy").asText().equals("AlwaysAllow")
                    && selects(budget.path("selector"), labels(rendering));
              }),
          holds(
              "replicas are spread over zones and nodes, each release by itself",
              rendering ->
                  List.of("topology.kubernetes.io/zone", "kubernetes.io/hostname").stream()
                      .allMatch(key ->
                          each(rendering.template().at("/spec/topologySpreadConstraints"))
                              .anyMatch(spread -> spreads(spread, key, labels(rendering))))),
          container(
              "health is asked on the management port",
              it ->
                  PROBES.entrySet().stream()
                      .allMatch(probe -> {
                        JsonNode get = it.path(probe.getKey()).path("httpGet");
                        return get.path("path").asText().equals(probe.getValue())
                            && get.path("port").asText().equals("management");
                      })),
          container(
              "a start with migrations has two minutes",
              it ->
                  it.at("/startupProbe/periodSeconds").asInt()
                          * it.at("/startupProbe/failureThreshold").asInt()
                      >= LONGEST_START),
          container(
              "it is out of the Service before it ends",
              it -> it.at("/lifecycle/preStop/sleep/seconds").asInt() >= 5),
          pod(
              "it may take a lease and a drain to end",
              spec -> spec.path("terminationGracePeriodSeconds").asInt() > LEASE + DRAIN),
          holds(
              "its priority is there",
              rendering ->
                  rendering
                      .one(
                          "PriorityClass",
                          rendering.template().at("/spec/priorityClassName").asText())
                      .has("value")),
          holds(
              "the Service finds the pods",
              rendering -> {
                JsonNode service = rendering.one("Service", "berth").path("spec");
                return service.path("selector").size() > 0
                    && service.path("selector").properties().stream()
                        .allMatch(it -> it.getValue().equals(labels(rendering).path(it.getKey())))
                    && each(service.path("ports"))
                        .allMatch(port -> hasPort(rendering, port.path("targetPort").asText()));
              }));

  /** Where it must not stand still. */
  public static final Rule REPLICAS =
      holds(
          "there are two replicas",
          rendering -> rendering.deployment().at("/spec/replicas").asInt() == 2);

  private AvailabilityRules() {}

  public static JsonNode labels(Rendering rendering) {
    return rendering.template().at("/metadata/labels");
  }

  public static boolean hasPort(Rendering rendering, String name) {
    return each(rendering.container().path("ports"))
        .anyMatch(port -> port.path("name").asText().equals(name));
  }

  private static boolean spreads(JsonNode spread, String key, JsonNode labels) {
    return spread.path("topologyKey").asText().equals(key)
        && spread.path("whenUnsatisfiable").asText().equals("ScheduleAnyway")
        && spread.path("matchLabelKeys").toString().equals("[\"pod-template-hash\"]")
        && selects(spread.path("labelSelector"), labels);
  }
}
