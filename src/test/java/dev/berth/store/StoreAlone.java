package dev.berth.store;

import static java.util.Map.entry;

import dev.berth.local.LocalPostgres;
import dev.berth.local.Parts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** Nothing but the store, on a real PostgreSQL. */
public class StoreAlone implements QuarkusTestProfile {

  /**
   * The beans of the API and the console, but for the filter of the document: one that comes before
   * all resources is made even where there are none.
   */
  protected static final String PAGES =
      "dev.berth.console.**,dev.berth.api.*,"
          + Stream.of(
                  "actions",
                  "capacity",
                  "figures",
                  "fleet",
                  "itself",
                  "live",
                  "plans",
                  "pools",
                  "problem",
                  "quarantine",
                  "stage",
                  "tenants",
                  "timeline")
              .map(room -> "dev.berth.api." + room + ".*")
              .collect(Collectors.joining(","));

  private static final String OTHERS =
      "dev.berth.bridge.**,dev.berth.messaging.**,dev.berth.kubernetes.**,dev.berth.operations.**,dev.berth.provisioning.**,dev.berth.catalogue.**,"
          + PAGES;

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.ofEntries(
        entry("quarkus.arc.exclude-types", OTHERS),
        entry("quarkus.devservices.enabled", "false"),
        entry("quarkus.datasource.jdbc.acquisition-timeout", "1m"),
        entry("quarkus.oidc.tenant-enabled", "false"),
        entry("quarkus.http.auth.permission.api.policy", "deny"),
        entry("quarkus.http.auth.permission.console.policy", "deny"),
        entry("quarkus.http.test-port", "0"),
        entry("quarkus.management.test-port", "0"),
        entry("berth.store.purge-every", "off"),
        entry("berth.store.relay-idle-timeout", "10m"));
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(Database.class));
  }

  public static class Database implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
      LocalPostgres postgres = Parts.postgres();
      PGSimpleDataSource database = (PGSimpleDataSource) postgres.freshDatabase();
      return Map.of(
          "quarkus.datasource.jdbc.url",
          "jdbc:postgresql://127.0.0.1:%d/%s"
              .formatted(postgres.port(), database.getDatabaseName()),
          "quarkus.datasource.username",
          postgres.user(),
          "quarkus.datasource.password",
          postgres.password());
    }

    /** PostgreSQL ends with the JVM. */
    @Override
    public void stop() {}
  }
}
