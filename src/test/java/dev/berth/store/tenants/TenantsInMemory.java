package dev.berth.store.tenants;

import dev.berth.plan.Recorded;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tenants and their queue without a database or transactions, for one thread. */
public final class TenantsInMemory extends Tenants {

  /** A claim that was given back. */
  public record Given(Claim claim, Tenant tenant, @Nullable Duration next) {}

  private final Map<TenantId, Tenant> rows = new LinkedHashMap<>();
  private final Map<TenantId, Long> epochs = new HashMap<>();
  private final Set<TenantId> due = new LinkedHashSet<>();
  private final Set<TenantId> unreadable = new LinkedHashSet<>();
  private final Set<TenantId> abandoned = new LinkedHashSet<>();
  private List<TenantId> claimed = List.of();
  private final Deque<RuntimeException> outages = new ArrayDeque<>();
  private final List<Given> given = new ArrayList<>();
  private final List<TenantId> putOff = new ArrayList<>();
  private boolean acted;
  private final List<Outlook> wokenFor = new ArrayList<>();

  public TenantsInMemory() {
    super(null, null, null, null, null);
  }

  /** Each is thrown once, in the place of recording what came of a claim. */
  public void failWith(RuntimeException outage) {
    outages.add(outage);
  }

  public void cannotBeRead(String tenant) {
    unreadable.add(new TenantId(tenant));
  }

  /** Its lease has run out. */
  public void isAbandoned(Claim claim) {
    abandoned.add(claim.tenant().id());
    due.add(claim.tenant().id());
  }

  public List<Given> given() {
    return given;
  }

  public List<TenantId> putOff() {
    return putOff;
  }

  public List<Outlook> wokenFor() {
    return wokenFor;
  }

  @Override
  public Optional<Tenant> find(TenantId id) {
    return Optional.ofNullable(rows.get(id));
  }

  @Override
  public void save(Tenant tenant) {
    remember(tenant);
    due.add(tenant.id());
  }

  @Override
  public void remember(Tenant tenant) {
    rows.put(tenant.id(), tenant);
  }

  @Override
  public List<Claim> claimDue(String owner, int limit, Duration lease, Outlook outlook) {
    claimed = due.stream().limit(limit).toList();
    for (TenantId id : claimed) {
      if (unreadable.contains(id)) {
        throw new UnreadableTenantException(id, new IllegalStateException("of a newer version"));
      }
    }
    due.removeAll(claimed);
    return claimed.stream()
        .map(id ->
            new Claim(
                rows.get(id),
                epochs.merge(id, 1L, Long::sum),
                Recorded.NOTHING,
                abandoned.remove(id)))
        .toList();
  }

  @Override
  public Optional<Tenant> lock(Claim claim) {
    TenantId id = claim.tenant().id();
    return find(id).filter(tenant -> epochs.get(id) == claim.epoch());
  }

  @Override
  public boolean record(Claim claim, Tenant tenant, Findings findings, @Nullable Duration next) {
    if (!outages.isEmpty()) {
      throw outages.remove();
    }
    remember(tenant);
    given.add(new Given(claim, tenant, next));
    if (Duration.ZERO.equals(next)) {
      due.add(tenant.id());
    }
    return acted;
  }

  /** Whether actions are pending on every tenant. */
  public void acted(boolean pending) {
    acted = pending;
  }

  @Override
  public Set<UUID> currentOf(Set<UUID> provisioningIds) {
    return rows.values().stream()
        .flatMap(tenant -> tenant.namespaces().stream())
        .map(TenantNamespace::provisioningId)
        .filter(provisioningIds::contains)
        .collect(Collectors.toSet());
  }

  @Override
  public boolean makeDue(String namespace) {
    return due.addAll(of(namespace, namespaceOfIt -> true));
  }

  @Override
  public boolean makeStayingDue(String namespace) {
    return due.addAll(of(namespace, namespaceOfIt -> !namespaceOfIt.leaving()));
  }

  private List<TenantId> of(String namespace, Predicate<TenantNamespace> which) {
    return rows.values().stream()
        .filter(tenant ->
            tenant.namespaces().stream()
                .anyMatch(n -> n.namespace().equals(namespace) && which.test(n)))
        .map(Tenant::id)
        .toList();
  }

  @Override
  public int makeOutdatedDue(Outlook now, int limit) {
    wokenFor.add(now);
    due.addAll(rows.keySet());
    return rows.size();
  }

  /** Those that were claimed with it are due again, as the transaction of the claim has failed. */
  @Override
  public void backOff(TenantId tenant, Duration first, Duration most) {
    putOff.add(tenant);
    due.addAll(claimed);
    due.remove(tenant);
  }
}
