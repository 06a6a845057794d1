package dev.berth.store;

import static java.util.stream.Collectors.toMap;

import dev.berth.tenant.PlanVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Session;
import org.hibernate.query.CommonQueryContract;

/**
 * The plan versions that were ever released, by the hash of their content: a released version never
 * changes.
 */
@ApplicationScoped
public class PlanReleases {

  /** In one order, so that replicas that start together never wait for each other. */
  private static final String REMEMBER =
      """
      INSERT INTO plan_release (name, version, sha256)
      SELECT * FROM unnest(CAST(:names AS text[]), CAST(:versions AS int[]), CAST(:hashes AS text[]))
       ORDER BY 1, 2
          ON CONFLICT (name, version) DO NOTHING
      """;

  private static final String CHANGED =
      """
      SELECT name, version
        FROM unnest(CAST(:names AS text[]), CAST(:versions AS int[]), CAST(:hashes AS text[]))
             AS asked (name, version, sha256)
        JOIN plan_release released USING (name, version)
       WHERE asked.sha256 <> released.sha256
      """;

  private static final String RELEASED =
      """
      SELECT name, version, released_at FROM plan_release
      """;

  private final Session session;

  PlanReleases(Session session) {
    this.session = session;
  }

  /** Remembers new versions. Returns those that were released before with another content. */
  @Transactional
  public Set<PlanVersion> release(Map<PlanVersion, String> sha256ByVersion) {
    query(session.createNativeMutationQuery(REMEMBER), sha256ByVersion).executeUpdate();
    List<PlanVersion> changed =
        query(session.createNativeQuery(CHANGED, PlanVersion.class), sha256ByVersion)
            .getResultList();
    return Set.copyOf(changed);
  }

  /** When each version was first loaded by a replica on this database. */
  @Transactional
  public Map<PlanVersion, Instant> releasedAt() {
    return session
        .createNativeQuery(RELEASED, Tuple.class)
        .getResultStream()
        .collect(
            toMap(
                row ->
                    new PlanVersion(
                        row.get("name", String.class), row.get("version", Integer.class)),
                row -> row.get("released_at", Instant.class)));
  }

  private static <Q extends CommonQueryContract> Q query(
      Q query, Map<PlanVersion, String> sha256ByVersion) {
    List<PlanVersion> versions = List.copyOf(sha256ByVersion.keySet());
    query.setParameter("names", versions.stream().map(PlanVersion::name).toArray(String[]::new));
    query.setParameter(
        "versions", versions.stream().map(PlanVersion::version).toArray(Integer[]::new));
    query.setParameter(
        "hashes", versions.stream().map(sha256ByVersion::get).toArray(String[]::new));
    return query;
  }
}
