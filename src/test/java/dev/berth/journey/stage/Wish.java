package dev.berth.journey.stage;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;

/** What the control plane wants of a tenant: the data of an event. */
public record Wish(
    long generation,
    String plan,
    List<String> owners,
    List<String> viewers,
    Map<String, String> labels,
    Integer sandboxes) {

  public static Wish of(String plan) {
    return new Wish(1, plan, List.of("owners"), List.of(), Map.of(), null);
  }

  public Wish generation(long value) {
    return new Wish(value, plan, owners, viewers, labels, sandboxes);
  }

  Wish plan(String value) {
    return new Wish(generation, value, owners, viewers, labels, sandboxes);
  }

  public Wish owners(String... groups) {
    return new Wish(generation, plan, List.of(groups), viewers, labels, sandboxes);
  }

  public Wish viewers(String... groups) {
    return new Wish(generation, plan, owners, List.of(groups), labels, sandboxes);
  }

  public Wish noViewers() {
    return viewers(new String[0]);
  }

  public Wish labels(Map<String, String> value) {
    return new Wish(generation, plan, owners, viewers, value, sandboxes);
  }

  public Wish sandboxes(int value) {
    return new Wish(generation, plan, owners, viewers, labels, value);
  }

  public String json() {
    String asked = sandboxes == null ? "" : ", 'sandboxes': " + sandboxes;
    return Stage.quoted(
        "{'generation': %d, 'plan': '%s', 'displayName': 'Acme GmbH', 'owners': [%s], 'viewers': [%s], 'labels': {%s}%s}"
            .formatted(generation, plan, groups(owners), groups(viewers), entries(labels), asked));
  }

  private static String groups(List<String> names) {
    return names.stream().map("{'kind': 'Group', 'name': '%s'}"::formatted).collect(joining(", "));
  }

  private static String entries(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> "'%s': '%s'".formatted(label.getKey(), label.getValue()))
        .collect(joining(", "));
  }
}
