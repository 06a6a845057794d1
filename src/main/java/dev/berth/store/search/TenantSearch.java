package dev.berth.store.search;

import dev.berth.store.Json;
import dev.berth.store.search.TenantFilter.Situation;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Pages of tenants, in the order of ids. Tenants that never had a step are left out. */
@ApplicationScoped
public class TenantSearch {

  private static final String AFTER =
      "SELECT tenant_id FROM tenant WHERE status_seq > 0 AND tenant_id > :after";

  private final Session session;
  private final Tenants tenants;

  TenantSearch(Session session, Tenants tenants) {
    this.session = session;
    this.tenants = tenants;
  }

  /**
   * Some tenants.
   *
   * @param tenants without those that cannot be read
   * @param last where the next page begins; null = this is the last one
   */
  public record Page(List<Tenant> tenants, @Nullable TenantId last) {}

  /**
   * At most {@code limit} of them.
   *
   * @param after the last one of the page before; null = from the first
   */
  @Transactional
  public Page page(TenantFilter filter, @Nullable TenantId after, int limit) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("after", after == null ? "" : after.value());
    String sql = AFTER + conditions(filter, parameters) + " ORDER BY tenant_id";
    var query = session.createNativeQuery(sql, String.class);
    parameters.forEach(query::setParameter);
    // One more tells whether there is another page.
    List<String> found = query.setMaxResults(limit + 1).list();
    boolean more = found.size() > limit;
    List<String> page = more ? found.subList(0, limit) : found;
    return new Page(tenants.readable(page), more ? new TenantId(page.getLast()) : null);
  }

  private static String conditions(TenantFilter filter, Map<String, Object> parameters) {
    StringBuilder sql = new StringBuilder();
    sql.append(situation(filter.situation(), parameters)).append(plan(filter.plan(), parameters));
    if (!filter.labels().isEmpty()) {
      sql.append(" AND labels @> CAST(:labels AS jsonb)");
      parameters.put("labels", Json.write(filter.labels()));
    }
    if (!filter.prefix().isEmpty()) {
      // By bytes, as the column compares: the first id behind all with this prefix.
      sql.append(" AND tenant_id >= :prefix AND tenant_id < :behind");
      parameters.put("prefix", filter.prefix());
      parameters.put("behind", filter.prefix() + "\u007f");
    }
    return sql.toString();
  }

  private static String situation(Situation situation, Map<String, Object> parameters) {
    StringBuilder sql = new StringBuilder();
    if (!situation.phases().isEmpty()) {
      sql.append(" AND phase IN (:phases)");
      parameters.put("phases", names(situation.phases()));
    }
    if (!situation.reasons().isEmpty()) {
      sql.append(" AND reason IN (:reasons)");
      parameters.put("reasons", names(situation.reasons()));
    }
    if (situation.longerThan() != null) {
      sql.append(" AND phase_since < now() - :longerThan * interval '1 millisecond'");
      parameters.put("longerThan", situation.longerThan().toMillis());
    }
    return sql.toString();
  }

  private static String plan(@Nullable PlanRef plan, Map<String, Object> parameters) {
    if (plan == null) {
      return "";
    }
    parameters.put("plan", plan.name());
    if (plan.version() == null) {
      return " AND plan_name = :plan";
    }
    parameters.put("version", plan.version());
    return " AND plan_name = :plan AND plan_version = :version";
  }

  private static List<String> names(Collection<? extends Enum<?>> values) {
    return values.stream().map(Enum::name).toList();
  }
}
