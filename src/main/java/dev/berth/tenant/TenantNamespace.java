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
 */
public record TenantNamespace(
    String name, String namespace, UUID provisioningId, @Nullable String uid) {

  public TenantNamespace withUid(@Nullable String recorded) {
    return new TenantNamespace(name, namespace, provisioningId, recorded);
  }
}
