package dev.berth.store.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.Session;

/** How far tenants are, to notice that one has moved. */
@ApplicationScoped
public class Standings {

  private static final String STANDINGS =
      """
      SELECT tenant_id AS tenant, status_seq AS sequence, phase,
             coalesce(next_run_at <= now() OR lease_until > now(), false) AS moving
        FROM tenant WHERE tenant_id = ANY (CAST(:tenants AS text[]))
      """;

  private final Session session;

  Standings(Session session) {
    this.session = session;
  }

  /**
   * Where a tenant stands.
   *
   * @param phase maybe one of a newer version
   * @param isMoving whether Berth is about to look at it, or does so now: what it will be is open
   */
  public record Reached(long sequence, String phase, boolean isMoving) {}

  @Transactional
  public Map<String, Reached> of(Collection<String> tenants) {
    Map<String, Reached> found = new HashMap<>();
    session
        .createNativeQuery(STANDINGS, StandingRow.class)
        .setParameter("tenants", tenants.toArray(String[]::new))
        .getResultStream()
        .forEach(row -> found.put(row.tenant, new Reached(row.sequence, row.phase, row.moving)));
    return found;
  }

  record StandingRow(String tenant, long sequence, String phase, boolean moving) {}
}
