package dev.berth.delivery.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Tenants as a control plane brings them, decided by a seed: new ones, changes of old ones, and now
 * and then one that leaves or comes back.
 */
public final class Arrivals {
  private static final String PLAN = "starter";
  private static final String PLAN_OF_TWO_NAMESPACES = "team";

  private final RandomGenerator random;
  private final List<String> tenants = new ArrayList<>();
  private final Map<String, TenantEvent> latest = new HashMap<>();
  private final Map<String, Long> generations = new HashMap<>();
  private final Map<String, Integer> incarnations = new HashMap<>();
  private final List<TenantEvent> events = new ArrayList<>();

  public Arrivals(RandomGenerator random) {
    this.random = random;
  }

  /** One new tenant, and what happens to others meanwhile. */
  public List<TenantEvent> next() {
    List<TenantEvent> next = new ArrayList<>();
    String tenant = "t%05d".formatted(tenants.size());
    if (!tenants.isEmpty() && random.nextInt(4) == 0) {
      next.add(change(tenants.get(random.nextInt(tenants.size()))));
    }
    tenants.add(tenant);
    next.add(created(tenant));
    next.forEach(event -> latest.put(event.tenant(), event));
    events.addAll(next);
    return next;
  }

  private TenantEvent change(String tenant) {
    if (isGone(tenant)) {
      return created(tenant);
    }
    return random.nextInt(3) == 0
        ? TenantEvent.offboardingRequested(tenant, nextGeneration(tenant))
        : TenantEvent.updated(tenant, plan(tenant), nextGeneration(tenant));
  }

  private TenantEvent created(String tenant) {
    incarnations.merge(tenant, 1, Integer::sum);
    return TenantEvent.created(tenant, plan(tenant), nextGeneration(tenant));
  }

  /** Every fifth tenant has two namespaces. */
  private static String plan(String tenant) {
    return tenant.endsWith("0") || tenant.endsWith("5") ? PLAN_OF_TWO_NAMESPACES : PLAN;
  }

  private long nextGeneration(String tenant) {
    return generations.merge(tenant, 1L, Long::sum);
  }

  /** The tenants that have arrived. */
  public int count() {
    return tenants.size();
  }

  List<TenantEvent> events() {
    return events;
  }

  List<String> tenants() {
    return tenants;
  }

  boolean isGone(String tenant) {
    return latest.get(tenant).type().contains("offboarding-requested");
  }

  /** Of the last event of the tenant. */
  long generation(String tenant) {
    return generations.getOrDefault(tenant, 0L);
  }

  int incarnation(String tenant) {
    return incarnations.getOrDefault(tenant, 0);
  }

  List<String> namespaces(String tenant) {
    String first = "tenant-" + tenant;
    return plan(tenant).equals(PLAN) ? List.of(first) : List.of(first, first + "--jobs");
  }
}
