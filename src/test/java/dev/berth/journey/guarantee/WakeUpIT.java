package dev.berth.journey.guarantee;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * G4, L10: what the cluster loses while the database takes nothing is acted upon once the database
 * is back, however long that lasts.
 */
@QuarkusTest
@TestProfile(WakeUpIT.Impatient.class)
class WakeUpIT {

  private static final String BINDING =
      "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings/berth-host-access";

  /** Statements that wait for a lock fail soon, so that the outage need not be long. */
  public static class Impatient extends OnRealParts {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
      overrides.put(
          "quarkus.datasource.jdbc.additional-jdbc-properties.options", "-c statement_timeout=1s");
      return overrides;
    }
  }

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;

  @AfterEach
  void theClusterIsWholeAgain() {
    cluster.mendEverything();
  }

  @Test
  void aGuardThatIsLostWhileTheTableIsLockedClosesTheTenantOnceItIsFree() {
    String tenant = ready("locked");

    try (Database.Lock lock = database.locksTenants()) {
      cluster.loses(BINDING);
      lock.holdsFor(Duration.ofSeconds(5));
    }

    eventually().until(() -> "DEGRADED".equals(database.phase(tenant)));
    eventually()
        .untilAsserted(
            () -> assertThat(cluster.subjects("tenant-" + tenant, "berth-owner")).isEmpty());
  }

  private String ready(String name) {
    String tenant = Stage.tenant(name);
    controlPlane.creates(tenant, Wish.of("starter").owners(tenant + "-team"));
    status.awaitReady(tenant, 1);
    return tenant;
  }
}
