package dev.berth.api;

import dev.berth.tenant.TenantId;
import jakarta.ws.rs.NotFoundException;
import java.time.Instant;
import java.util.Optional;

/** There is no isolation report of this life of a tenant. */
final class NotVerifiedYet extends NotFoundException {

  private static final long serialVersionUID = 1;

  private final String detail;

  NotVerifiedYet(TenantId tenant, Optional<Instant> due) {
    this.detail =
        "The isolation of tenant %s was not verified yet: it is due %s."
            .formatted(
                tenant,
                due.map(at -> "at " + at).orElse("once the tenant is READY, shortly after"));
  }

  String detail() {
    return detail;
  }
}
