package dev.berth.store.outbox;

import dev.berth.store.StoreConfig;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/** Lets one relay at a time publish the outbox. */
@ApplicationScoped
public class RelayLock {

  private static final String TRY_LOCK =
      """
      SELECT pg_try_advisory_lock(hashtextextended('berth-relay/' || ?, 0))
      """;

  /**
   * A frozen holder does not ping, so PostgreSQL ends its session and thereby its lock. Not an
   * option of the connection: one in the URL would take its place.
   */
  private static final String LIMIT =
      """
      SELECT set_config('idle_session_timeout', ?, false), set_config('statement_timeout', ?, false)
      """;

  private final AgroalDataSource dataSource;
  private final StoreConfig config;

  RelayLock(AgroalDataSource dataSource, StoreConfig config) {
    this.dataSource = dataSource;
    this.config = config;
  }

  /**
   * Takes the lock for the cluster's relay on a connection of its own; empty = another holds it.
   */
  public Optional<RelaySession> tryAcquire(String cluster) {
    try {
      return acquire(connect(), cluster);
    } catch (SQLException e) {
      throw new RelayLostException(e);
    }
  }

  private Optional<RelaySession> acquire(Connection connection, String cluster)
      throws SQLException {
    boolean acquired = false;
    try {
      limit(connection);
      acquired = locks(connection, cluster);
      return acquired ? Optional.of(new RelaySession(connection)) : Optional.empty();
    } finally {
      if (!acquired) {
        connection.close();
      }
    }
  }

  private static boolean locks(Connection connection, String cluster) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(TRY_LOCK)) {
      lock.setString(1, cluster);
      try (ResultSet result = lock.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }

  private void limit(Connection connection) throws SQLException {
    String millis = Long.toString(config.relayIdleTimeout().toMillis());
    try (PreparedStatement limit = connection.prepareStatement(LIMIT)) {
      limit.setString(1, millis);
      limit.setString(2, millis);
      limit.execute();
    }
  }

  /** As the pool does it: a provider of credentials is asked for each connection, as tokens end. */
  private static Properties security(
      AgroalConnectionFactoryConfiguration pool, Object principalOrCredential) {
    return pool.securityProviders().stream()
        .map(provider -> provider.getSecurityProperties(principalOrCredential))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "the relay cannot use the data source's credentials of type "
                    + principalOrCredential.getClass().getName()));
  }

  private Connection connect() throws SQLException {
    AgroalConnectionFactoryConfiguration pool =
        dataSource
            .getConfiguration()
            .connectionPoolConfiguration()
            .connectionFactoryConfiguration();
    Properties properties = new Properties();
    properties.putAll(pool.jdbcProperties());
    if (pool.principal() != null) {
      properties.putAll(security(pool, pool.principal()));
    }
    pool.credentials().forEach(credential -> properties.putAll(security(pool, credential)));
    properties.setProperty("ApplicationName", "berth-relay");
    return Objects.requireNonNull(
        new Driver().connect(pool.jdbcUrl(), properties), "the data source is not PostgreSQL");
  }
}
