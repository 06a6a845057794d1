package dev.berth.tenant;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A namespace of a tenant.
 *
 * @param name its name in the plan; empty = the default one
 * @param namespace its name in the cluster
 * @param provisioningId random, stored before the first call to the API server and written into the
 *     namespace: what carries it was made by Berth for this incarnation
 * @param uid the API server's uid, null until it was read back
 * @param leaving whether a plan dropped it: then it goes, even if a later plan wants it again
 */
public record TenantNamespace(
    String name, String namespace, UUID provisioningId, @Nullable String uid, boolean leaving) {

  /** One that stays. */
  public TenantNamespace(String name, String namespace, UUID provisioningId, @Nullable String uid) {
    this(name, namespace, provisioningId, uid, false);
  }

  public TenantNamespace withUid(@Nullable String recorded) {
    return new TenantNamespace(name, namespace, provisioningId, recorded, leaving);
  }

  public TenantNamespace dropped() {
    return new TenantNamespace(name, namespace, provisioningId, uid, true);
  }
}
