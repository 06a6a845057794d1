package dev.berth.store.tenants;

import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * Rows to the tenants that they hold. Leaves none behind in the session: a later lock must read it
 * again.
 */
@ApplicationScoped
class TenantRows {

  private static final Logger LOG = Logger.getLogger(TenantRows.class);

  private final Session session;
  private final NamespaceRows namespaces;
  private final MeterRegistry registry;

  TenantRows(Session session, NamespaceRows namespaces, MeterRegistry registry) {
    this.session = session;
    this.namespaces = namespaces;
    this.registry = registry;
  }

  /**
   * All of them.
   *
   * @throws UnreadableTenantException if one cannot be read
   */
  List<Tenant> read(List<TenantEntity> rows) {
    Map<String, List<TenantNamespace>> byTenant = namespaces(rows);
    return rows.stream().map(row -> read(row, byTenant)).toList();
  }

  /** Those that can be read; one that cannot is logged and does not hold up the others. */
  List<Tenant> readable(List<TenantEntity> rows) {
    Map<String, List<TenantNamespace>> byTenant = namespaces(rows);
    return rows.stream().map(row -> readable(row, byTenant)).flatMap(Optional::stream).toList();
  }

  private Optional<Tenant> readable(TenantEntity row, Map<String, List<TenantNamespace>> byTenant) {
    try {
      return Optional.of(read(row, byTenant));
    } catch (UnreadableTenantException e) {
      LOG.errorf("tenant=%s left out: %s", row.id, e.getMessage());
      registry.counter("berth.tenants.unreadable").increment();
      return Optional.empty();
    }
  }

  private static Tenant read(TenantEntity row, Map<String, List<TenantNamespace>> byTenant) {
    return row.tenant(byTenant.getOrDefault(row.id, List.of()));
  }

  private Map<String, List<TenantNamespace>> namespaces(List<TenantEntity> rows) {
    rows.forEach(session::detach);
    return rows.isEmpty() ? Map.of() : namespaces.of(rows.stream().map(row -> row.id).toList());
  }
}
