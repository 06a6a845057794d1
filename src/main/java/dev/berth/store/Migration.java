package dev.berth.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.configuration.AgroalDataSourceConfiguration.DataSourceImplementation;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Brings the tables up to date on connections of its own. A step may take as long as it needs, as
 * an index of a large table does; but it waits only a moment for a table that somebody else uses,
 * because everybody who comes later waits behind it.
 */
final class Migration {

  private static final String LIMITS =
      "SET lock_timeout = '5s'; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = '1min'";

  /** Of the driver: a server that says nothing for long may be at work. */
  private static final Map<String, String> PATIENCE =
      Map.of("socketTimeout", "0", "ApplicationName", "berth-schema");

  private static final int OLDEST = 15;

  private final Flyway flyway;
  private final AgroalDataSource pool;

  Migration(Flyway flyway, AgroalDataSource pool) {
    this.flyway = flyway;
    this.pool = pool;
  }

  /** Nothing of a step that fails is kept. */
  void run() throws SQLException {
    try (AgroalDataSource own = connections()) {
      refuseOldServer(own);
      Flyway.configure(flyway.getConfiguration().getClassLoader())
          .configuration(flyway.getConfiguration())
          .dataSource(own)
          .load()
          .migrate();
    }
  }

  /** As the pool makes them, but for the limits. */
  AgroalDataSource connections() throws SQLException {
    AgroalConnectionFactoryConfiguration usual =
        pool.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
    AgroalConnectionFactoryConfigurationSupplier own =
        new AgroalConnectionFactoryConfigurationSupplier(usual).initialSql(LIMITS);
    PATIENCE.forEach(own::jdbcProperty);
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .dataSourceImplementation(DataSourceImplementation.AGROAL_POOLLESS)
            .connectionPoolConfiguration(
                connections -> connections.maxSize(4).connectionFactoryConfiguration(own)));
  }

  private static void refuseOldServer(AgroalDataSource own) throws SQLException {
    try (Connection connection = own.getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST) {
        throw new IllegalStateException(
            "it is PostgreSQL %d, and Berth needs %d or newer".formatted(version, OLDEST));
      }
    }
  }
}
