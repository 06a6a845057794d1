package dev.berth.api;

import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;

/** The tenants that something was ever said about: the API knows no others. */
@ApplicationScoped
public class KnownTenants {

  private final Tenants tenants;

  KnownTenants(Tenants tenants) {
    this.tenants = tenants;
  }

  /**
   * The tenant of that id, which may be no valid one.
   *
   * @throws NotFoundException if there is none
   */
  public Tenant known(String id) {
    return TenantId.parse(id)
        .flatMap(tenants::find)
        // Without a step nothing was ever said about the tenant.
        .filter(tenant -> tenant.status().sequence() > 0)
        .orElseThrow(() -> new NotFoundException("There is no tenant with this id."));
  }
}
