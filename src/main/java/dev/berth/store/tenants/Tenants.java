package dev.berth.store.tenants;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import dev.berth.plan.Recorded;
import dev.berth.plan.Resource;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/**
 * The tenants, and the work queue that they are. What writes or locks joins the caller's
 * transaction; what reads needs none.
 */
@ApplicationScoped
public class Tenants {
  private static final String NOW =
      """
      SELECT clock_timestamp()
      """;

  /** A later claim knows better. */
  private static final String BACK_OFF =
      """
      UPDATE tenant
         SET attempt = attempt + 1,
             next_run_at = clock_timestamp()
               + least(:first * power(2, least(attempt, 20)), :most) * interval '1 millisecond'
       WHERE tenant_id = :tenant AND (lease_until IS NULL OR lease_until < now())
      """;

  private final Session session;
  private final TenantRows rows;
  private final NamespaceRows namespaces;
  private final Resources resources;
  private final WorkQueue queue;

  Tenants(
      Session session,
      TenantRows rows,
      NamespaceRows namespaces,
      Resources resources,
      WorkQueue queue) {
    this.session = session;
    this.rows = rows;
    this.namespaces = namespaces;
    this.resources = resources;
    this.queue = queue;
  }

  /** The database clock. */
  @Transactional
  public Instant now() {
    return session.createNativeQuery(NOW, Instant.class).getSingleResult();
  }

  /**
   * Finds without a lock.
   *
   * @throws UnreadableTenantException if it is there, and this version cannot read it
   */
  @Transactional
  public Optional<Tenant> find(TenantId id) {
    return rows.read(TenantEntity.list("id", id.value())).stream().findFirst();
  }

  /** Some tenants with what is recorded of their objects, to be looked at without a claim. */
  public List<Claim> unclaimed(List<Tenant> some) {
    Map<String, Recorded> recorded =
        resources.of(some.stream().map(tenant -> tenant.id().value()).toList());
    return some.stream()
        .map(it -> {
          Recorded of = recorded.getOrDefault(it.id().value(), Recorded.NOTHING);
          return new Claim(it, 0, of, false);
        })
        .toList();
  }

  /**
   * Finds and locks until the end of the caller's transaction.
   *
   * @throws UnreadableTenantException if it is there, and this version cannot read it
   */
  public Optional<Tenant> lock(TenantId id) {
    return Optional.<TenantEntity>ofNullable(
            TenantEntity.findById(id.value(), LockModeType.PESSIMISTIC_WRITE))
        .map(this::locked);
  }

  /**
   * Inserts the tenant, or updates it if this transaction has locked it; makes its stored
   * namespaces equal to {@link Tenant#namespaces}; makes it due.
   *
   * @throws StoreConflictException if another transaction inserted it, or if a namespace or a uid
   *     is another tenant's
   */
  public void save(Tenant tenant) {
    remember(tenant);
    queue.makeDue(tenant.id());
  }

  /** As {@link #save}, without making it due. */
  public void remember(Tenant tenant) {
    TenantEntity row = rowFor(tenant.id());
    row.take(tenant);
    try {
      row.persistAndFlush();
      namespaces.save(tenant);
      session.flush();
    } catch (ConstraintViolationException e) {
      throw new StoreConflictException(
          "tenant %s is not stored: its id, a namespace or a uid of it is another row's (%s)"
              .formatted(tenant.id(), e.getConstraintName()),
          e);
    }
  }

  private TenantEntity rowFor(TenantId id) {
    TenantEntity stored = TenantEntity.findById(id.value());
    if (stored == null) {
      return new TenantEntity();
    }
    if (session.getCurrentLockMode(stored).lessThan(LockMode.PESSIMISTIC_WRITE)) {
      throw new StoreConflictException(
          "tenant %s is not stored: it is there already, and this transaction has not locked it"
              .formatted(id));
    }
    return stored;
  }

  /**
   * TX2: takes up to {@code limit} due tenants for {@code owner}. No two claims hold one tenant.
   *
   * @param outlook with which they are looked at now, and no other one
   * @throws UnreadableTenantException if one of them cannot be read; then none may be claimed
   */
  public List<Claim> claimDue(String owner, int limit, Duration lease, Outlook outlook) {
    List<WorkQueue.Leased> leased = queue.claim(owner, limit, lease, outlook);
    if (leased.isEmpty()) {
      return List.of();
    }
    List<TenantEntity> claimed = leased.stream().map(WorkQueue.Leased::row).toList();
    Map<String, Recorded> recorded = resources.of(claimed.stream().map(row -> row.id).toList());
    Map<String, WorkQueue.Leased> byId =
        leased.stream().collect(toMap(each -> each.row().id, each -> each));
    return rows.read(claimed).stream()
        .map(tenant -> {
          WorkQueue.Leased of = requireNonNull(byId.get(tenant.id().value()));
          return new Claim(
              tenant,
              of.row().epoch,
              recorded.getOrDefault(of.row().id, Recorded.NOTHING),
              of.takenOver());
        })
        .toList();
  }

  /**
   * Waits until a transaction of this JVM made a tenant due, or its time came, at most for {@code
   * patience}. True if so. For one waiting thread; other JVMs are not heard of.
   */
  public boolean awaitDue(Duration patience) throws InterruptedException {
    return queue.awaitDue(patience);
  }

  /**
   * Locks the claimed tenant as it is now; empty = somebody else claimed it since, the result is to
   * be dropped.
   */
  public Optional<Tenant> lock(Claim claim) {
    return TenantEntity.<TenantEntity>find(
            "id = ?1 and epoch = ?2", claim.tenant().id().value(), claim.epoch())
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional()
        .map(this::locked);
  }

  /** Whether nobody claimed the tenant since, and nothing else was asked for it. */
  @Transactional
  public boolean counts(Claim claim) {
    Tenant claimed = claim.tenant();
    return TenantEntity.count(
            "id = ?1 and epoch = ?2 and revision = ?3",
            claimed.id().value(),
            claim.epoch(),
            claimed.revision())
        > 0;
  }

  /**
   * TX3: stores what came of a claim and gives it back. The tenant must have been locked by {@link
   * #lock(Claim)}.
   *
   * @param next when it is due again; null = when something changes. A tenant whose revision was
   *     raised or that was made due since the claim is due at once
   * @return whether actions on the tenant are pending that are older than the claim
   * @throws IllegalStateException if the claim is not the tenant's latest
   */
  public boolean record(Claim claim, Tenant tenant, Findings findings, @Nullable Duration next) {
    remember(tenant);
    resources.record(tenant.id(), findings);
    return queue.release(claim, next);
  }

  /**
   * What was found out about the tenant's objects. Uids replace what was recorded; gone objects are
   * forgotten, a namespace with all that is in it.
   */
  public record Findings(
      Map<Resource.Key, String> uids, Map<Resource.Key, String> errors, Set<Resource.Key> gone) {}

  /** Those of the provisioning ids that are still a tenant's. */
  @Transactional
  public Set<UUID> currentOf(Set<UUID> provisioningIds) {
    return namespaces.currentOf(provisioningIds);
  }

  /** Makes the tenant due whose namespace it is, if any; one that is offboarded rests. */
  @Transactional
  public boolean makeDue(String namespace) {
    return queue.makeDueBy(namespace);
  }

  /** The same, but neither for a tenant nor for a namespace that leaves. */
  @Transactional
  public boolean makeStayingDue(String namespace) {
    return queue.makeStayingDueBy(namespace);
  }

  /**
   * Makes tenants due to which something that has changed since their last check matters: up to
   * {@code limit} of those that no other transaction holds. Returns how many.
   */
  @Transactional
  public int makeOutdatedDue(Outlook now, int limit) {
    return queue.makeOutdatedDue(now, limit);
  }

  /**
   * A tenant with which nothing can be done is due again later, each time twice as late; the others
   * are not held up.
   */
  public void backOff(TenantId tenant, Duration first, Duration most) {
    session
        .createNativeMutationQuery(BACK_OFF)
        .setParameter("tenant", tenant.value())
        .setParameter("first", first.toMillis())
        .setParameter("most", most.toMillis())
        .executeUpdate();
  }

  /** Those of them that are there and can be read, in the order of ids; the others are logged. */
  @Transactional
  public List<Tenant> readable(List<String> ids) {
    return rows.readable(TenantEntity.list("id in ?1", Sort.by("id"), ids));
  }

  private Tenant locked(TenantEntity row) {
    return row.tenant(namespaces.of(List.of(row.id)).getOrDefault(row.id, List.of()));
  }
}
