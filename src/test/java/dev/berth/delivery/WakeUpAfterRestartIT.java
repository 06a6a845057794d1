package dev.berth.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.delivery.evidence.Database;
import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * G4: a guard is lost while the database takes nothing, and Berth is killed before it could say so
 * to anybody.
 */
class WakeUpAfterRestartIT {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofMinutes(1);

  private PackagedBerth berth;
  private Database database;
  private Replica replica;
  private KubernetesClient administrator;

  @BeforeEach
  void oneReplicaRuns() {
    berth = PackagedBerth.besideNewParts("wake-up");
    database = new Database(berth.postgres());
    replica = berth.replica(Map.of());
    replica.start();
    replica.awaitReady();
    administrator = berth.cluster().client();
  }

  @AfterEach
  void endThem() {
    if (administrator != null) {
      administrator.close();
    }
    if (berth != null) {
      berth.close();
    }
  }

  @Test
  void whatWasLostBeforeARestartIsDeliveredAfterIt() throws Exception {
    try (ControlPlane controlPlane = new ControlPlane(berth.kafka())) {
      controlPlane.send(TenantEvent.created("acme", "starter", 1));
      controlPlane.flush();
    }
    await("the tenant is open").atMost(PATIENCE).until(() -> phase().equals("READY"));

    try (Connection lock = berth.postgres().dataSource().getConnection()) {
      lock.setAutoCommit(false);
      lock.createStatement().execute("LOCK TABLE tenant IN ACCESS EXCLUSIVE MODE");
      administrator
          .genericKubernetesResources(
              "admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding")
          .withName("berth-host-access")
          .delete();
      await("the replica sees it and can tell nobody")
          .atMost(PATIENCE)
          .pollDelay(Duration.ofSeconds(2))
          .until(() -> true);
      replica.kill();
    }
    replica.start();

    await("the tenant is closed")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(phase()).isEqualTo("DEGRADED"));
    await("nobody has access")
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    administrator
                        .rbac()
                        .roleBindings()
                        .inNamespace("tenant-acme")
                        .withName("berth-owner")
                        .get()
                        .getSubjects())
                .isNullOrEmpty());
  }

  private String phase() {
    Database.Row row = database.tenants().get("acme");
    return row == null ? "" : row.phase();
  }
}
