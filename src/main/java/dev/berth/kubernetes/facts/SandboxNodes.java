package dev.berth.kubernetes.facts;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.api.model.node.v1.Scheduling;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where pods of a class can start now, as the scheduler would judge it from class and node. */
record SandboxNodes(Map<String, String> selector, List<Toleration> tolerations) {

  private static final Set<String> KEEPING_OUT = Set.of("NoSchedule", "NoExecute");

  static SandboxNodes of(RuntimeClass runtimeClass) {
    Scheduling scheduling = runtimeClass.getScheduling();
    return scheduling == null
        ? new SandboxNodes(Map.of(), List.of())
        : new SandboxNodes(orEmpty(scheduling.getNodeSelector()), scheduling.getTolerations());
  }

  boolean include(Node node) {
    return isChosen(node)
        && !Boolean.TRUE.equals(node.getSpec().getUnschedulable())
        && node.getSpec().getTaints().stream().allMatch(this::isTolerated);
  }

  /** Of a Ready node that the class selects; as kubectl writes them. */
  Stream<String> barringTaints(Node node) {
    return isChosen(node)
        ? node.getSpec().getTaints().stream()
            .filter(taint -> !isTolerated(taint))
            .map(SandboxNodes::written)
        : Stream.empty();
  }

  List<String> toleratedKeys() {
    return tolerations.stream().map(t -> orEmpty(t.getKey())).distinct().sorted().toList();
  }

  private boolean isChosen(Node node) {
    return isReady(node) && labels(node).entrySet().containsAll(selector.entrySet());
  }

  private static String written(Taint taint) {
    String value = orEmpty(taint.getValue());
    return taint.getKey() + (value.isEmpty() ? "" : "=" + value) + ":" + taint.getEffect();
  }

  private static boolean isReady(Node node) {
    return node.getMetadata().getDeletionTimestamp() == null
        && node.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  static Map<String, String> labels(Node node) {
    return orEmpty(node.getMetadata().getLabels());
  }

  private boolean isTolerated(Taint taint) {
    return !KEEPING_OUT.contains(taint.getEffect())
        || tolerations.stream().anyMatch(toleration -> tolerates(toleration, taint));
  }

  /** All other operators count as not tolerating. */
  private static boolean tolerates(Toleration toleration, Taint taint) {
    String key = orEmpty(toleration.getKey());
    String effect = orEmpty(toleration.getEffect());
    boolean exists = "Exists".equals(toleration.getOperator());
    boolean equal =
        Set.of("", "Equal").contains(orEmpty(toleration.getOperator()))
            && orEmpty(toleration.getValue()).equals(orEmpty(taint.getValue()));
    return (effect.isEmpty() || effect.equals(taint.getEffect()))
        && (key.equals(taint.getKey()) ? exists || equal : exists && key.isEmpty());
  }

  private static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return Objects.requireNonNullElse(map, Map.of());
  }
}
