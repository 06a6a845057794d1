package dev.berth.api;

import dev.berth.local.Parts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** The API and the store on a real PostgreSQL and a real issuer: nobody works on the tenants. */
public class ApiAlone implements QuarkusTestProfile {

  private static final String OTHERS =
      "dev.berth.messaging.**,dev.berth.kubernetes.**,dev.berth.provisioning.**,dev.berth.catalogue.**";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("quarkus.arc.exclude-types", OTHERS);
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(Database.class), new TestResourceEntry(Issuer.class));
  }

  /** The same, open to everybody. */
  public static class Open extends ApiAlone {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.arc.exclude-types", OTHERS, "berth.api.auth", "none");
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Database.class));
    }
  }

  public static class Database implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
      var database = (PGSimpleDataSource) Parts.postgres().freshDatabase();
      return Map.of(
          "quarkus.datasource.jdbc.url", database.getUrl(),
          "quarkus.datasource.username", Parts.postgres().user(),
          "quarkus.datasource.password", Parts.postgres().password());
    }

    @Override
    public void stop() {}
  }
}
