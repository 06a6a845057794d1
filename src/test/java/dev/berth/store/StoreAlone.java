package dev.berth.store;

import static java.util.Map.entry;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Nothing but the store, on a real PostgreSQL. */
public class StoreAlone implements QuarkusTestProfile {

  private static final String OTHERS =
      "dev.berth.messaging.**,dev.berth.kubernetes.**,dev.berth.api.**,dev.berth.provisioning.**,dev.berth.catalogue.**";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.ofEntries(
        entry("quarkus.arc.exclude-types", OTHERS),
        entry("quarkus.devservices.enabled", "false"),
        entry("quarkus.oidc.tenant-enabled", "false"),
        entry("quarkus.http.test-port", "0"),
        entry("quarkus.management.test-port", "0"),
        entry("berth.store.purge-every", "off"),
        entry("berth.store.relay-idle-timeout", "1s"));
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(Database.class));
  }

  public static class Database implements QuarkusTestResourceLifecycleManager {

    private EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
      try {
        postgres = EmbeddedPostgres.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Map.of(
          "quarkus.datasource.jdbc.url",
          "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgres.getPort()),
          "quarkus.datasource.username",
          "postgres",
          "quarkus.datasource.password",
          "postgres");
    }

    @Override
    public void stop() {
      try {
        postgres.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
