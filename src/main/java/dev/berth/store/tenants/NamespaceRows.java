package dev.berth.store.tenants;

import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/** The namespaces of the tenants. Read and written under the lock of the tenant's row. */
@ApplicationScoped
class NamespaceRows {

  private static final String FORGET_CONTENT =
      """
      DELETE FROM tenant_resource WHERE namespace = :namespace
      """;

  /** One parameter, however many there are. */
  private static final String CURRENT =
      """
      SELECT DISTINCT provisioning_id FROM tenant_namespace WHERE provisioning_id = ANY (CAST(:ids AS uuid[]))
      """;

  private final Session session;

  public NamespaceRows(Session session) {
    this.session = session;
  }

  /** In the order of each tenant, by tenant id. */
  Map<String, List<TenantNamespace>> of(Collection<String> tenants) {
    Map<String, List<TenantNamespace>> byTenant = new HashMap<>();
    for (NamespaceEntity row : rows(tenants)) {
      byTenant.computeIfAbsent(row.tenantId, t -> new ArrayList<>()).add(row.tenantNamespace());
      session.detach(row);
    }
    return byTenant;
  }

  Set<UUID> currentOf(Set<UUID> provisioningIds) {
    return Set.copyOf(
        session
            .createNativeQuery(CURRENT, UUID.class)
            .setParameter("ids", provisioningIds.toArray(UUID[]::new))
            .getResultList());
  }

  /** Makes the rows equal to the tenant's namespaces. */
  void save(Tenant tenant) {
    Map<String, NamespaceEntity> stored = new HashMap<>();
    rows(List.of(tenant.id().value())).forEach(row -> stored.put(row.namespace, row));
    int ordinal = 0;
    for (TenantNamespace wanted : tenant.namespaces()) {
      NamespaceEntity row = stored.remove(wanted.namespace());
      save(tenant, wanted, ordinal++, row == null ? new NamespaceEntity() : row);
    }
    stored.values().forEach(NamespaceEntity::delete);
  }

  private void save(Tenant tenant, TenantNamespace wanted, int ordinal, NamespaceEntity row) {
    if (row.provisioningId != null && !row.provisioningId.equals(wanted.provisioningId())) {
      forgetContent(wanted.namespace()); // of the past incarnation
    }
    row.namespace = wanted.namespace();
    row.tenantId = tenant.id().value();
    row.incarnation = tenant.incarnation();
    row.ordinal = ordinal;
    row.name = wanted.name();
    row.provisioningId = wanted.provisioningId();
    row.uid = wanted.uid();
    row.leaving = wanted.leaving();
    row.persist();
  }

  private void forgetContent(String namespace) {
    session
        .createNativeMutationQuery(FORGET_CONTENT)
        .setParameter("namespace", namespace)
        .executeUpdate();
  }

  private static List<NamespaceEntity> rows(Collection<String> tenants) {
    return NamespaceEntity.list("tenantId in ?1", Sort.by("tenantId", "ordinal"), tenants);
  }
}
