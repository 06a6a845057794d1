package dev.berth.provisioning;

import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import java.util.List;
import java.util.UUID;

/** What exists in the cluster under the marks of an installation, recorded or not. */
@FunctionalInterface
public interface Inventory {

  /** A namespace that Berth made once. */
  record Found(TenantId tenant, TenantNamespace namespace) {}

  /**
   * Every namespace of the installation.
   *
   * @throws IllegalStateException if the cluster does not tell all of them
   */
  List<Found> namespaces(UUID installation);
}
