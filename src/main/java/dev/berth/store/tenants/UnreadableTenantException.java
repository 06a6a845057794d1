package dev.berth.store.tenants;

import dev.berth.tenant.TenantId;

/** What is stored of a tenant cannot be read by this version; it is left as it is. */
public final class UnreadableTenantException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient TenantId tenant;

  UnreadableTenantException(TenantId tenant, RuntimeException cause) {
    super(
        "this version of Berth cannot read what is stored about tenant %s; repair its row, or run the version that wrote it: %s"
            .formatted(tenant, cause.getMessage()),
        cause);
    this.tenant = tenant;
  }

  public TenantId tenant() {
    return tenant;
  }
}
