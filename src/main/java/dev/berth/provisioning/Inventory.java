package dev.berth.provisioning;

import dev.berth.tenant.TenantId;
import java.util.List;
import java.util.UUID;

/** What stands in the cluster under the marks of an installation, whatever is remembered of it. */
@FunctionalInterface
public interface Inventory {

  /**
   * A namespace that Berth made once.
   *
   * @param name in the plan
   */
  record Found(TenantId tenant, String name, String namespace, UUID provisioningId, String uid) {}

  /**
   * Every namespace of the installation.
   *
   * @throws IllegalStateException if the cluster does not tell all of them
   */
  List<Found> namespaces(UUID installation);
}
