package dev.berth.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.delivery.evidence.Database;
import dev.berth.delivery.evidence.StatusTopic;
import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Access that Berth must take away although it does not know much: of its own doings, or of the
 * cluster.
 */
class UnrecordedAccessIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String TENANT = "half-done";

  /** Holds up what gives a claim back, and nothing else. */
  private static final String HOLD_UP =
      """
      CREATE FUNCTION hold_up() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(600); RETURN NEW; END';
      CREATE TRIGGER hold_up BEFORE UPDATE ON tenant FOR EACH ROW
        WHEN (OLD.lease_owner IS NOT NULL AND NEW.lease_owner IS NULL) EXECUTE FUNCTION hold_up();
      """;

  private static final String LET_GO =
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%epoch = epoch + 1, lease_owner = NULL%'
         AND pid <> pg_backend_pid();
      DROP TRIGGER hold_up ON tenant;
      """;

  private static PackagedBerth berth;
  private static Replica replica;
  private static KubernetesClient administrator;

  @BeforeAll
  static void aReplicaRuns() {
    berth = PackagedBerth.besideNewParts("unrecorded-access");
    replica = berth.replica(Map.of("BERTH_WORK_LEASE", "6s", "BERTH_WORK_LEASE_MARGIN", "2s"));
    replica.start();
    replica.awaitReady();
    administrator = berth.cluster().client();
  }

  @AfterAll
  static void endThem() {
    if (administrator != null) {
      administrator.close();
    }
    if (berth != null) {
      berth.close();
    }
  }

  /** G2: given and never recorded, because the replica died in between. */
  @Test
  void isTakenBackBeforeTheTenantIsSaidToBeBlocked() throws Exception {
    sql(HOLD_UP);
    send(TenantEvent.created(TENANT, "enterprise", 1));
    await("access that is not recorded").atMost(PATIENCE).until(() -> insiders().size() == 6);

    replica.kill();
    GenericKubernetesResource binding = binding();
    administrator.resource(binding).delete();
    sql(LET_GO);
    replica.start();

    Database database = new Database(berth.postgres());
    await("the tenant is held back")
        .atMost(PATIENCE)
        .until(() -> "BLOCKED".equals(database.tenants().get(TENANT).phase()));
    assertThat(insiders()).isEmpty();

    binding.getMetadata().setResourceVersion(null);
    administrator.resource(binding).create();
    await("the tenant goes on")
        .atMost(PATIENCE)
        .until(() -> "READY".equals(database.tenants().get(TENANT).phase()));
    awaitInsiders("tenant-" + TENANT, 6);
    StatusTopic.read(berth.kafka(), "tenant.lifecycle").assertGaplessFromOne();
  }

  /** G13: it is a cluster whose classes Berth may not read. */
  @Test
  void withoutFactsAccessAndTenantsAreTakenAwayAllTheSameAndNothingIsSaid() throws Exception {
    Database database = new Database(berth.postgres());
    send(TenantEvent.created("stays", "starter", 1), TenantEvent.created("leaves", "starter", 1));
    await("both are ready").atMost(PATIENCE).until(() -> database.count("READY", "%s") == 2);
    awaitInsiders("tenant-stays", 2);
    awaitInsiders("tenant-leaves", 2);
    replica.kill();
    ClusterRole role = administrator.rbac().clusterRoles().withName("berth").get();
    administrator
        .rbac()
        .clusterRoles()
        .withName("berth")
        .edit(r -> {
          r.getRules().removeIf(rule -> rule.getResources().contains("runtimeclasses"));
          return r;
        });
    replica.start();

    send(TenantEvent.updated("stays", "starter", 2), TenantEvent.offboardingRequested("leaves", 2));

    await("access is taken away")
        .atMost(PATIENCE)
        .until(() -> insiders("tenant-stays"), List.of("stays-owners")::equals);
    await("the tenant is gone")
        .atMost(PATIENCE)
        .until(() -> administrator.namespaces().withName("tenant-leaves").get() == null);
    assertThat(database.tenants().get("stays").phase()).isEqualTo("UPDATING");

    administrator
        .rbac()
        .clusterRoles()
        .withName("berth")
        .edit(r -> {
          r.setRules(role.getRules());
          return r;
        });
    replica.kill();
    replica.start();
    await("the tenant goes on")
        .atMost(PATIENCE)
        .until(() -> database.tenants().get("stays").observedGeneration() == 2);
    StatusTopic.read(berth.kafka(), "tenant.lifecycle").assertGaplessFromOne();
  }

  private void send(TenantEvent... events) throws Exception {
    try (ControlPlane controlPlane = new ControlPlane(berth.kafka())) {
      for (TenantEvent event : events) {
        controlPlane.send(event);
      }
      controlPlane.flush();
    }
  }

  /**
   * Also where the tenant is ready already: a pod that was tried before a mended policy was in
   * force closes it once more.
   */
  private void awaitInsiders(String namespace, int number) {
    await(number + " in " + namespace)
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(insiders(namespace)).hasSize(number));
  }

  /** Of all three namespaces. */
  private List<String> insiders() {
    return insiders("tenant-" + TENANT);
  }

  private List<String> insiders(String namespace) {
    return administrator.rbac().roleBindings().inAnyNamespace().list().getItems().stream()
        .filter(binding -> binding.getMetadata().getNamespace().startsWith(namespace))
        .filter(binding -> binding.getSubjects() != null)
        .flatMap(UnrecordedAccessIT::subjects)
        .toList();
  }

  private static Stream<String> subjects(RoleBinding binding) {
    return binding.getSubjects().stream().map(subject -> subject.getName());
  }

  private GenericKubernetesResource binding() {
    return administrator
        .genericKubernetesResources(
            "admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding")
        .withName("berth-sandbox")
        .get();
  }

  private void sql(String statements) throws SQLException {
    try (Connection connection = berth.postgres().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }
}
