package dev.berth.delivery.evidence;

import java.util.Map;
import java.util.UUID;

/**
 * An event of the control plane; sent twice it is the same event.
 *
 * @param more attributes beside the required ones, or another value of one of them
 */
public record TenantEvent(
    String id, String tenant, String type, String data, Map<String, String> more) {

  public TenantEvent(String id, String tenant, String type, String data) {
    this(id, tenant, type, data, Map.of());
  }

  public static TenantEvent created(String tenant, String plan, long generation) {
    return snapshot("created", tenant, plan, generation);
  }

  public static TenantEvent updated(String tenant, String plan, long generation) {
    return snapshot("updated", tenant, plan, generation);
  }

  public static TenantEvent offboardingRequested(String tenant, long generation) {
    return of(
        "offboarding-requested",
        tenant,
        "{\"generation\": %d, \"reason\": \"contract ended\"}".formatted(generation));
  }

  public static TenantEvent planChanged(String tenant, String plan, long generation) {
    return snapshot("plan-changed", tenant, plan, generation);
  }

  /** The same with one more attribute, or another source. */
  public TenantEvent with(String name, String value) {
    return new TenantEvent(id, tenant, type, data, Map.of(name, value));
  }

  /** The label tells later which generation an object was written for. */
  private static TenantEvent snapshot(String type, String tenant, String plan, long generation) {
    return of(
        type,
        tenant,
        """
        {"generation": %1$d, "plan": "%2$s", "displayName": "%3$s", "labels": {"generation": "%1$d"}, \
        "owners": [{"kind": "Group", "name": "%3$s-owners"}], \
        "viewers": [{"kind": "Group", "name": "%3$s-viewers-%1$d"}]}\
        """
            .formatted(generation, plan, tenant));
  }

  /** Of any type, known or not: {@code created}. */
  public static TenantEvent of(String type, String tenant, String data) {
    return new TenantEvent(
        UUID.randomUUID().toString(), tenant, "dev.berth.tenant.%s.v1".formatted(type), data);
  }
}
