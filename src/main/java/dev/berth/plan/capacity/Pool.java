package dev.berth.plan.capacity;

import static java.util.stream.Collectors.joining;

import dev.berth.plan.SandboxClass;
import java.util.Map;

/**
 * The nodes that a RuntimeClass selects. Classes with the same selector share them.
 *
 * @param name the selector as the store keeps it: {@code {key=value, key=value}}, sorted by key,
 *     and {@code {}} for every node. It stays the same from release to release: replicas of two
 *     releases count the same room.
 */
public record Pool(String name) {

  /** The nodes that the class selects which AKS brings with its first node pool for sandboxes. */
  public static final Pool MANAGED = new Pool("{kubernetes.azure.com/kata-vm-isolation=true}");

  public static Pool of(SandboxClass runtime) {
    return new Pool(
        runtime.nodeSelector().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(joining(", ", "{", "}")));
  }

  @Override
  public String toString() {
    return name;
  }
}
