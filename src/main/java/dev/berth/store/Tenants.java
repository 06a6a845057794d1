package dev.berth.store;

import dev.berth.plan.Resource;
import dev.berth.tenant.Phase;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tenants, and the work queue that they are. */
@ApplicationScoped
public class Tenants {

  /** The database clock. */
  public Instant now() {
    throw new UnsupportedOperationException();
  }

  public Optional<Tenant> find(TenantId id) {
    throw new UnsupportedOperationException();
  }

  /** Finds and locks until the end of the caller's transaction. */
  public Optional<Tenant> lock(TenantId id) {
    throw new UnsupportedOperationException();
  }

  /**
   * Inserts or updates the tenant with its namespaces, and makes it due. Fails if another
   * transaction inserts it.
   */
  public void save(Tenant tenant) {
    throw new UnsupportedOperationException();
  }

  /** As {@link #save}, without making it due. */
  public void remember(Tenant tenant) {
    throw new UnsupportedOperationException();
  }

  /**
   * TX2: takes up to {@code limit} due tenants for {@code owner}. No two claims hold one tenant.
   */
  public List<Claim> claimDue(String owner, int limit, Duration lease) {
    throw new UnsupportedOperationException();
  }

  /**
   * Locks the claimed tenant as it is now; empty = somebody else claimed it since, the result is to
   * be dropped.
   */
  public Optional<Tenant> lock(Claim claim) {
    throw new UnsupportedOperationException();
  }

  /**
   * TX3: stores what came of a claim and gives it back. The tenant must have been locked by {@link
   * #lock(Claim)}.
   *
   * @param next when it is due again; null = when something changes. A tenant whose revision was
   *     raised since the claim is due at once
   */
  public void record(Claim claim, Tenant tenant, Findings findings, @Nullable Duration next) {
    throw new UnsupportedOperationException();
  }

  /**
   * What was found out about the tenant's objects. Uids replace what was recorded; gone objects are
   * forgotten.
   */
  public record Findings(
      Map<Resource.Key, String> uids, Map<Resource.Key, String> errors, Set<Resource.Key> gone) {}

  /** Makes the tenants in these phases due. */
  public int makeDue(Set<Phase> phases) {
    throw new UnsupportedOperationException();
  }

  /** In the order of ids, after {@code after}. Tenants that never had a step are left out. */
  public List<Tenant> list(
      @Nullable Phase phase, @Nullable PlanRef plan, @Nullable TenantId after, int limit) {
    throw new UnsupportedOperationException();
  }
}
