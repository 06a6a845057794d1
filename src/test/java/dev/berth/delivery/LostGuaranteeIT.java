package dev.berth.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.delivery.evidence.AuditLog;
import dev.berth.delivery.evidence.Database;
import dev.berth.delivery.evidence.StatusTopic;
import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.installation.Caller;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two replicas are killed in turn while nothing can be proven: no tenant is opened, and open ones
 * are closed or degraded as their plan says.
 */
class LostGuaranteeIT {
  private static final int OPEN = 10;
  private static final int NEW = 50;
  private static final int KILLS = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String BINDING = "berth-sandbox";

  /** Answers before any policy does, and nobody listens there: every dry run ends with a 500. */
  private static final String BROKEN_WEBHOOK =
      """
      {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration",
       "metadata": {"name": "broken"},
       "webhooks": [{"name": "broken.example.com", "failurePolicy": "Fail", "sideEffects": "None",
                     "admissionReviewVersions": ["v1"], "timeoutSeconds": 1,
                     "clientConfig": {"url": "https://127.0.0.1:1/"},
                     "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"],
                                "resources": ["pods"]}]}]}
      """;

  private static final String POD =
      """
      {'metadata': {'name': 'tried'}, 'spec': {'containers': [{'name': 'c', 'image': 'i'}]}}
      """;

  private final Random moments = new Random(20_261_124);
  private PackagedBerth berth;
  private Database database;
  private List<Replica> replicas;
  private KubernetesClient administrator;

  @BeforeEach
  void twoReplicasRun() throws IOException {
    berth = PackagedBerth.besideNewParts("lost-guarantee");
    database = new Database(berth.postgres());
    Map<String, String> settings =
        Map.of(
            "BERTH_CATALOGUE_DIRECTORY", plans().toString(),
            "BERTH_WORK_LEASE", "15s",
            "BERTH_WORK_LEASE_MARGIN", "3s");
    replicas = List.of(berth.replica(settings), berth.replica(settings));
    for (Replica replica : replicas) {
      replica.start();
      replica.awaitReady();
    }
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
  void whileReplicasAreKilledNobodyIsOpenedAndTheOpenOnesAreClosedOrDegraded() throws Exception {
    create("strict", "starter", OPEN);
    create("patient", "patient", OPEN);
    awaitPhase("READY", 2 * OPEN);

    administrator.resource(BROKEN_WEBHOOK).create();
    awaitErrorsOfDryRuns();
    create("new", "starter", NEW);
    killInTurn();
    assertThat(openTenants("new", NEW)).isEmpty();
    assertThat(phases("READY"))
        .as("errors of the API server are no lost guarantee")
        .hasSize(2 * OPEN);

    GenericKubernetesResource binding = binding().get();
    binding().delete();
    await("the open tenants are degraded")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(phases("DEGRADED")).hasSize(2 * OPEN));
    administrator.resource(BROKEN_WEBHOOK).delete();
    killInTurn();
    await("access is as the plans say")
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(openTenants("strict", OPEN)).isEmpty();
          assertThat(openTenants("patient", OPEN)).hasSize(OPEN);
          assertThat(phases("BLOCKED", "FAILED")).hasSize(NEW);
        });
    assertThat(openTenants("new", NEW)).isEmpty();

    binding.getMetadata().setResourceVersion(null);
    administrator.resource(binding).create();
    awaitPhase("READY", 2 * OPEN + NEW);
    awaitOpen("strict", OPEN);
    awaitOpen("new", NEW);
    StatusTopic.read(berth.kafka(), "tenant.lifecycle").assertGaplessFromOne();
    AuditLog audit = AuditLog.of(berth.cluster());
    names("new", NEW)
        .map("tenant-"::concat)
        .forEach(name -> audit.lives(name).forEach(life -> life.assertOpenedLast(name)));
  }

  /** The API server heeds a webhook a moment after it took it. */
  private void awaitErrorsOfDryRuns() {
    Config config = Config.fromKubeconfig(berth.cluster().kubeconfig().toFile());
    config.setRequestRetryBackoffLimit(0);
    Caller caller = new Caller(config);
    await("dry runs end with an error")
        .atMost(PATIENCE)
        .until(() -> caller.post("/api/v1/namespaces/default/pods?dryRun=All", POD).code() >= 500);
  }

  private void create(String name, String plan, int count) throws Exception {
    try (ControlPlane controlPlane = new ControlPlane(berth.kafka())) {
      names(name, count).forEach(it -> controlPlane.send(TenantEvent.created(it, plan, 1)));
      controlPlane.flush();
    }
  }

  private void killInTurn() {
    for (int kill = 0; kill < KILLS; kill++) {
      Replica replica = replicas.get(kill % replicas.size());
      Duration life = Duration.ofMillis(moments.nextInt(2_000));
      await().atMost(PATIENCE).pollDelay(life).until(() -> true);
      replica.kill();
      replica.start();
      replica.awaitReady();
    }
  }

  /**
   * Also where they are READY already: a pod that was tried before the policy was in force again
   * closes a tenant once more.
   */
  private void awaitOpen(String name, int count) {
    await("all are open")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(openTenants(name, count)).hasSize(count));
  }

  private List<String> openTenants(String name, int count) {
    return names(name, count).filter(this::isOpen).toList();
  }

  private boolean isOpen(String tenant) {
    RoleBinding binding =
        administrator
            .rbac()
            .roleBindings()
            .inNamespace("tenant-" + tenant)
            .withName("berth-owner")
            .get();
    return binding != null && binding.getSubjects() != null && !binding.getSubjects().isEmpty();
  }

  private void awaitPhase(String phase, int count) {
    await(count + " tenants are " + phase)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(phases(phase)).hasSize(count));
  }

  private List<String> phases(String... wanted) {
    return database.tenants().values().stream()
        .map(Database.Row::phase)
        .filter(List.of(wanted)::contains)
        .toList();
  }

  private Resource<GenericKubernetesResource> binding() {
    return administrator
        .genericKubernetesResources(
            "admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding")
        .withName(BINDING);
  }

  private static Stream<String> names(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> name + "-" + i);
  }

  /** The sample plan, and one that keeps access while a guarantee is lost. */
  private static Path plans() throws IOException {
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "plans");
    String starter = Files.readString(Path.of("src/main/resources/plans/starter.yaml"));
    Files.writeString(folder.resolve("starter.yaml"), starter);
    Files.writeString(
        folder.resolve("patient.yaml"),
        starter
            .replace("name: starter", "name: patient")
            .replace("onGuaranteeLost: close", "onGuaranteeLost: degrade"));
    return folder;
  }
}
