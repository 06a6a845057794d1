package dev.berth.store;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Who this Berth is: one installation per database and cluster. */
@ApplicationScoped
public class Installation {

  private static final String MAKE =
      """
      INSERT INTO installation (id, cluster) VALUES (:id, :cluster) ON CONFLICT (singleton) DO NOTHING
      """;

  private static final String READ =
      """
      SELECT id, cluster FROM installation
      """;

  private final Session session;
  private volatile @Nullable InstallationRow known;

  Installation(Session session) {
    this.session = session;
  }

  /**
   * The id of the installation, made on first use and read once for each process.
   *
   * @throws ConfigurationException if the database belongs to a Berth for another cluster
   */
  @Transactional
  public UUID id(String cluster) {
    InstallationRow remembered = known;
    if (remembered != null && remembered.cluster.equals(cluster)) {
      return remembered.id;
    }
    InstallationRow row = read(cluster);
    known = row;
    return row.id;
  }

  private InstallationRow read(String cluster) {
    session
        .createNativeMutationQuery(MAKE)
        .setParameter("id", UUID.randomUUID())
        .setParameter("cluster", cluster)
        .executeUpdate();
    InstallationRow row = session.createNativeQuery(READ, InstallationRow.class).getSingleResult();
    if (!row.cluster.equals(cluster)) {
      throw new ConfigurationException(
          "This database belongs to the Berth for cluster '%s', but this Berth is for cluster '%s'. Give it a database of its own, or correct berth.cluster."
              .formatted(row.cluster, cluster));
    }
    return row;
  }

  record InstallationRow(UUID id, String cluster) {}
}
