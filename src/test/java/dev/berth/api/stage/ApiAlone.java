package dev.berth.api.stage;

import dev.berth.local.Parts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The API and the store on a real PostgreSQL and a real issuer: nobody works on the tenants. */
public class ApiAlone implements QuarkusTestProfile {

  private static final String OTHERS =
      "dev.berth.bridge.**,dev.berth.messaging.**,dev.berth.kubernetes.**,dev.berth.provisioning.*,"
          + Stream.of("assessment", "intake", "isolation", "observation", "pools", "work")
              .map(room -> "dev.berth.provisioning." + room + ".*")
              .collect(Collectors.joining(","));

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "quarkus.arc.exclude-types", OTHERS,
        "api-alone", "true", // so it needs a clock of its own
        "mp.messaging.incoming.tenant-events.enabled", "false",
        "quarkus.datasource.jdbc.acquisition-timeout", "1m",
        // It warns of every member of OpenAPI that is no JSON Schema.
        "quarkus.log.category.\"com.networknt\".level", "ERROR");
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(Database.class), new TestResourceEntry(Issuer.class));
  }

  @Override
  public boolean disableGlobalTestResources() {
    return true;
  }

  /** The same, open to everybody. */
  public static class Open extends ApiAlone {

    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
      overrides.put("berth.api.auth", "none");
      return overrides;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Database.class));
    }
  }

  /** The same where people sign in to the console. */
  public static class WithSignIn extends ApiAlone {

    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
      overrides.put("quarkus.oidc.client-id", Issuer.CLIENT);
      overrides.put("quarkus.oidc.credentials.secret", "no-secret-as-it-is-in-this-test-alone");
      overrides.put("quarkus.oidc.token.audience", Issuer.AUDIENCE + "," + Issuer.CLIENT);
      return overrides;
    }
  }

  /** The same, begun while the issuer cannot be reached. */
  public static class BeforeItsIssuer extends ApiAlone {

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(Database.class), new TestResourceEntry(LateIssuer.class));
    }
  }

  /** The same where Berth looks after node pools, though nobody does here. */
  public static class WithNodePools extends ApiAlone {

    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
      overrides.put("berth.azure.mode", "observe");
      overrides.put("berth.azure.subscription", "00000000-0000-0000-0000-000000000001");
      overrides.put("berth.azure.resource-group", "berth");
      overrides.put("berth.azure.cluster-name", "local");
      return overrides;
    }
  }

  /** The same, with a memory of its statements. */
  public static class Told extends ApiAlone {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
      overrides.put("statements-told", "true");
      overrides.put("berth.store.purge-every", "off"); // it looks for what is old among all
      return overrides;
    }
  }

  public static class Database implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
      String database = "api_" + UUID.randomUUID().toString().replace('-', '_');
      try (Connection connection = Parts.postgres().dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + database);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return Map.of(
          "quarkus.datasource.jdbc.url",
              "jdbc:postgresql://127.0.0.1:%d/%s".formatted(Parts.postgres().port(), database),
          "quarkus.datasource.username", Parts.postgres().user(),
          "quarkus.datasource.password", Parts.postgres().password());
    }

    @Override
    public void stop() {}
  }
}
