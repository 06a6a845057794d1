package dev.berth.store;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.ScheduledExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The tables in the database, migrated at start. Where that cannot be done, log and readiness say
 * why, and it is tried again until it is done: what a person mends needs no restart.
 */
@Default
@Readiness
@Singleton
public class Schema implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(Schema.class);

  /** How long the start waits for it. A long migration goes on while the replica serves. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Migration migration;
  private final String url;
  private final String user;
  private volatile @Nullable String fault =
      "the database has not answered yet, or its schema is being migrated";

  Schema(
      Flyway flyway,
      AgroalDataSource pool,
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") Optional<String> url,
      @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user) {
    this.migration = new Migration(flyway, pool);
    this.url = url.orElse("").replaceAll("\\?.*", ""); // it may hold a password
    this.user = user.orElse("");
  }

  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 2) StartupEvent event)
      throws InterruptedException {
    Thread.ofPlatform().name("berth-schema").daemon().start(this::migrate).join(PATIENCE);
  }

  @Scheduled(every = "2s", delayed = "2s", concurrentExecution = ConcurrentExecution.SKIP)
  void tryAgain() {
    migrate();
  }

  /** Whether a task that needs the tables is to be left out this time. */
  @Singleton
  public static final class Unmigrated implements Scheduled.SkipPredicate {

    private final Schema schema;

    Unmigrated(@Readiness Schema schema) {
      this.schema = schema;
    }

    @Override
    public boolean test(ScheduledExecution execution) {
      return !schema.isMigrated();
    }
  }

  /** Whether the tables are there, as this version needs them. */
  public boolean isMigrated() {
    return fault == null;
  }

  private synchronized void migrate() {
    if (isMigrated()) {
      return;
    }
    try {
      migration.run();
      LOG.infof("the schema of %s is up to date", url);
      fault = null;
    } catch (SQLException | RuntimeException e) {
      String why = DatabaseFault.of(e).at(url, user);
      if (!why.equals(fault)) {
        LOG.errorf("%s. Nothing is taken in hand before; it is tried again", why);
      }
      fault = why;
    }
  }

  @Override
  public HealthCheckResponse call() {
    String why = fault;
    var response = HealthCheckResponse.named("schema").status(why == null);
    return why == null ? response.build() : response.withData("fault", why).build();
  }
}
