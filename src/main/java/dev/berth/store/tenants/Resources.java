package dev.berth.store.tenants;

import dev.berth.plan.Recorded;
import dev.berth.plan.Resource;
import dev.berth.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.jspecify.annotations.Nullable;

/** What is known of the tenants' objects. Written under the lock of the tenant's row. */
@ApplicationScoped
class Resources {

  private static final String OF_TENANTS =
      """
      SELECT n.tenant_id, r.namespace, r.kind, r.name, r.uid
        FROM tenant_resource r JOIN tenant_namespace n USING (namespace)
       WHERE n.tenant_id = ANY (CAST(:tenants AS text[])) AND r.uid IS NOT NULL
      """;

  /** A namespace takes along what is in it. */
  private static final String FORGET =
      """
      DELETE FROM tenant_resource r
       USING unnest(CAST(:namespaces AS text[]), CAST(:kinds AS text[]), CAST(:names AS text[]))
             AS gone (namespace, kind, name)
       WHERE r.namespace = gone.namespace
         AND (gone.kind = 'Namespace' OR (r.kind = gone.kind AND r.name = gone.name))
      """;

  /** Objects in namespaces that the tenant no longer has are left out. */
  private static final String RECORD =
      """
      INSERT INTO tenant_resource AS r (namespace, kind, name, uid, last_error)
      SELECT namespace, found.kind, found.name, found.uid, found.error
        FROM unnest(CAST(:namespaces AS text[]), CAST(:kinds AS text[]), CAST(:names AS text[]),
                    CAST(:uids AS text[]), CAST(:errors AS text[]))
             AS found (namespace, kind, name, uid, error)
        JOIN tenant_namespace n USING (namespace)
       WHERE n.tenant_id = :tenant
          ON CONFLICT (namespace, kind, name)
          DO UPDATE SET uid = coalesce(excluded.uid, r.uid), last_error = excluded.last_error
       WHERE (coalesce(excluded.uid, r.uid), excluded.last_error) IS DISTINCT FROM (r.uid, r.last_error)
      """;

  private final Session session;

  Resources(Session session) {
    this.session = session;
  }

  /** By tenant id; a tenant without any is absent. */
  Map<String, Recorded> of(Collection<String> tenants) {
    Map<String, Map<Resource.Key, String>> byTenant = new HashMap<>();
    List<ResourceRow> rows =
        session
            .createNativeQuery(OF_TENANTS, ResourceRow.class)
            .setParameter("tenants", tenants.toArray(String[]::new))
            .getResultList();
    rows.stream()
        .filter(ResourceRow::isKnown)
        .forEach(r -> byTenant.computeIfAbsent(r.tenant, t -> new HashMap<>()).put(r.key(), r.uid));
    Map<String, Recorded> recorded = new HashMap<>();
    byTenant.forEach((tenant, uids) -> recorded.put(tenant, new Recorded(uids)));
    return recorded;
  }

  void record(TenantId tenant, Tenants.Findings findings) {
    if (!findings.gone().isEmpty()) {
      change(FORGET, findings.gone()).executeUpdate();
    }
    Set<Resource.Key> found = new LinkedHashSet<>(findings.uids().keySet());
    found.addAll(findings.errors().keySet());
    if (!found.isEmpty()) {
      change(RECORD, found)
          .setParameter("uids", column(found, findings.uids()::get))
          .setParameter("errors", column(found, findings.errors()::get))
          .setParameter("tenant", tenant.value())
          .executeUpdate();
    }
  }

  private MutationQuery change(String sql, Set<Resource.Key> keys) {
    return session
        .createNativeMutationQuery(sql)
        .setParameter("namespaces", column(keys, Resource.Key::namespace))
        .setParameter("kinds", column(keys, key -> key.kind().name()))
        .setParameter("names", column(keys, Resource.Key::name));
  }

  private static @Nullable String[] column(
      Set<Resource.Key> keys, Function<Resource.Key, @Nullable String> value) {
    return keys.stream().map(value).toArray(String[]::new);
  }

  record ResourceRow(String tenant, String namespace, String kind, String name, String uid) {

    /** A newer version makes kinds that this one knows nothing of; it leaves them alone. */
    boolean isKnown() {
      return Stream.of(Resource.Kind.values()).anyMatch(known -> known.name().equals(kind));
    }

    Resource.Key key() {
      return new Resource.Key(namespace, Resource.Kind.valueOf(kind), name);
    }
  }
}
