package dev.berth.delivery.evidence;

import java.util.UUID;

/** An event of the control plane; sent twice it is the same event. */
public record TenantEvent(String id, String tenant, String type, String data) {

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

  private static TenantEvent of(String type, String tenant, String data) {
    return new TenantEvent(
        UUID.randomUUID().toString(), tenant, "dev.berth.tenant.%s.v1".formatted(type), data);
  }
}
