package dev.berth.tenant;

import dev.berth.tenant.condition.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as Berth remembers it.
 *
 * @param incarnation counts the lives of this id, from 1; 0 = known by a request to offboard it
 *     only
 * @param revision raised by every accepted change of what is desired
 * @param cause where the tenant's latest change came from; null only for a tenant that was never
 *     created
 */
public record Tenant(
    TenantId id,
    int incarnation,
    long revision,
    Desired desired,
    Status status,
    List<TenantNamespace> namespaces,
    @Nullable Cause cause) {

  public Tenant {
    namespaces = List.copyOf(namespaces);
  }

  public Phase phase() {
    return status.phase();
  }

  public Tenant with(Status changed) {
    return new Tenant(id, incarnation, revision, desired, changed, namespaces, cause);
  }

  public Tenant with(Desired changed) {
    return new Tenant(id, incarnation, revision, changed, status, namespaces, cause);
  }

  public Tenant with(List<TenantNamespace> changed) {
    return new Tenant(id, incarnation, revision, desired, status, changed, cause);
  }
}
