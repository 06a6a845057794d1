package dev.berth.tenant;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The desired snapshot of a tenant, validated.
 *
 * @param generation the producer's counter
 * @param sandboxes how many sandboxes the tenant asks for; null = the plan's default
 * @param cluster the cluster it is meant for; null = any
 * @param document the snapshot as it was sent, JSON
 */
public record TenantSpec(
    long generation,
    PlanRef plan,
    String displayName,
    List<Subject> owners,
    List<Subject> viewers,
    Map<String, String> labels,
    @Nullable Integer sandboxes,
    @Nullable String cluster,
    String document) {

  public TenantSpec {
    owners = List.copyOf(owners);
    viewers = List.copyOf(viewers);
    labels = Map.copyOf(labels);
  }
}
