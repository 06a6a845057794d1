package dev.berth.tenant;

/** What an admissible event asks for. */
public sealed interface TenantRequest {

  TenantId tenant();

  /** The producer's counter. */
  long generation();

  /**
   * Wants the tenant to be as the snapshot says. Created, updated and plan-changed are the same
   * upsert.
   */
  record Upsert(TenantId tenant, Origin origin, TenantSpec spec) implements TenantRequest {
    @Override
    public long generation() {
      return spec.generation();
    }
  }

  /** Wants everything of the tenant gone. */
  record Offboard(TenantId tenant, long generation, String reason) implements TenantRequest {}

  /** Which event carried an upsert: only {@code CREATED} begins a new incarnation. */
  enum Origin {
    CREATED,
    UPDATED
  }
}
