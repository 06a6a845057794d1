package dev.berth.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.berth.delivery.evidence.AuditLog;
import dev.berth.delivery.evidence.Database;
import dev.berth.delivery.evidence.StatusHistory;
import dev.berth.delivery.evidence.StatusTopic;
import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Journal;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One database, in turns with a Berth that only observes and one that works. */
class ObserveIT {

  private static final Path STARTER =
      Path.of(System.getProperty("basedir", ""), "src/main/resources/plans/starter.yaml");
  private static final JsonNode NOBODY = MissingNode.getInstance();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private PackagedBerth berth;
  private Database database;
  private ControlPlane controlPlane;
  private KubernetesClient administrator;

  private void beside(PackagedBerth parts) {
    berth = parts;
    database = new Database(berth.postgres());
    controlPlane = new ControlPlane(berth.kafka());
    Config config = Config.fromKubeconfig(berth.cluster().kubeconfig().toFile());
    config.setImpersonateUsername("platform");
    config.setImpersonateGroups("system:masters", "berth:break-glass");
    administrator = new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterEach
  void endThem() {
    administrator.close();
    controlPlane.close();
    berth.close();
  }

  /** The plan wants a node even if no tenant does. */
  @Test
  void noNodePoolIsMadeBeforeItWorks(@TempDir Path plans) throws Exception {
    beside(PackagedBerth.besideAzure("observe-azure"));
    String pool = "\nnodePool: {vmSize: Standard_D4s_v5, min: 1, max: 3}\n";
    Files.writeString(plans.resolve("starter.yaml"), Files.readString(STARTER) + pool);
    String catalogue = "BERTH_CATALOGUE_DIRECTORY";
    Replica observing = berth.replica(Map.of("BERTH_MODE", "observe", catalogue, plans.toString()));
    observing.start();
    observing.awaitReady();
    send(TenantEvent.created("tyrell", "starter", 1));

    awaitWould(observing, "tyrell", "be held back by ");
    Journal journal = berth.azure().journal();
    await("Azure is asked")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(journal.of(Call.GET_CLUSTER)).hasSizeGreaterThan(1));
    observing.close();
    assertThat(journal.of(Call.PUT_POOL)).isEmpty();
    assertThat(journal.of(Call.PUT_CLUSTER)).isEmpty();
    assertThat(writes()).isZero();

    berth.replica(Map.of(catalogue, plans.toString())).start();
    awaitPhase("tyrell", "READY");
    assertThat(journal.of(Call.PUT_POOL)).hasSize(1);
  }

  @Test
  void nothingIsWrittenWhileItObservesAndEverythingIsDoneOnceItWorks() throws Exception {
    beside(PackagedBerth.besideNewParts("observe"));
    Replica observing = berth.replica(Map.of("BERTH_MODE", "observe"));
    // No report may be under way when it ends.
    Replica working = berth.replica(Map.of("BERTH_ISOLATION_AFTER", "1h"));

    newTenantsAreOnlyTakenIn(observing);
    assertThat(writes()).as("requests of Berth that do not only read").isZero();

    working.start();
    awaitPhase("acme", "READY");
    awaitPhase("umbrella", "READY");
    awaitPhase("leaver", "OFFBOARDED");
    assertThat(working.tenant("acme").orElseThrow().get("observed").isNull()).isTrue();
    working.close();
    int before = writes();
    assertThat(before).isPositive();

    openTenantsAreLeftAsTheyAre(observing);
    assertThat(writes()).isEqualTo(before);

    working.start();
    awaitPhase("acme", "DEGRADED");
    awaitPhase("umbrella", "OFFBOARDED");
    await("nobody is in")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(owners()).isNullOrEmpty());
  }

  private void newTenantsAreOnlyTakenIn(Replica observing) throws Exception {
    observing.start();
    observing.awaitReady();
    send(
        TenantEvent.created("acme", "starter", 1),
        TenantEvent.updated("acme", "starter", 2),
        TenantEvent.created("umbrella", "team", 1),
        TenantEvent.created("leaver", "starter", 1),
        TenantEvent.offboardingRequested("leaver", 2));
    await("all is taken in").atMost(PATIENCE).until(() -> database.verdicts().size() == 5);
    awaitWould(observing, "acme", "creating Namespace tenant-acme", "canary namespaces");
    await("events").atMost(PATIENCE).until(() -> lifecycle().all("accepted").size() == 5);
    observing.close();
    observing.start();
    observing.awaitReady();
    awaitWould(observing, "acme", "then apply RoleBinding tenant-acme/berth-owner");
    awaitWould(observing, "umbrella", "creating Namespace tenant-umbrella");

    assertThat(database.tenants().get("acme").phase()).isEqualTo("ACCEPTED");
    assertThat(database.tenants().get("leaver").phase()).isEqualTo("OFFBOARDING");
    assertThat(List.of("acme", "umbrella", "leaver"))
        .allSatisfy(tenant ->
            assertThat(lifecycle().steps(tenant)).isEqualTo(lifecycle().steps(tenant, "accepted")));
    assertThat(observing.readiness("mode")).contains("\"observe\"");
    await("the log has it too")
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(observing.log())
                .contains("berth.mode is observe", "tenant=acme reason=Observing would: "));
    observing.close();
  }

  private void openTenantsAreLeftAsTheyAre(Replica observing) throws Exception {
    observing.start();
    observing.awaitReady();
    administrator
        .network()
        .networkPolicies()
        .inNamespace("tenant-acme")
        .withName("isolation")
        .delete();
    awaitWould(observing, "acme", "creating NetworkPolicy tenant-acme/isolation");
    administrator
        .genericKubernetesResources(
            "admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding")
        .withName("berth-sandbox")
        .delete();
    send(TenantEvent.offboardingRequested("umbrella", 2));
    awaitWould(observing, "acme", "removing subjects from RoleBinding tenant-acme/berth-owner");
    awaitWould(observing, "umbrella", "then delete Namespace tenant-umbrella");
    observing.close();

    assertThat(owners()).isNotEmpty();
    assertThat(database.tenants().get("acme").phase()).isEqualTo("READY");
  }

  private void send(TenantEvent... events) throws Exception {
    List.of(events).forEach(controlPlane::send);
    controlPlane.flush();
  }

  private StatusHistory lifecycle() {
    return StatusTopic.read(berth.kafka(), "tenant.lifecycle");
  }

  private int writes() {
    return AuditLog.of(berth.cluster()).size();
  }

  private List<?> owners() {
    return administrator
        .rbac()
        .roleBindings()
        .inNamespace("tenant-acme")
        .withName("berth-owner")
        .get()
        .getSubjects();
  }

  private void awaitPhase(String tenant, String phase) {
    await(tenant + " is " + phase)
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(database.tenants().get(tenant).phase())
                .as("%s", database.notIn(phase))
                .isEqualTo(phase));
  }

  private static void awaitWould(Replica replica, String tenant, String... parts) {
    await(tenant + " is told")
        .atMost(PATIENCE)
        .ignoreException(UncheckedIOException.class) // it has no answer yet
        .untilAsserted(() -> {
          JsonNode would = replica.tenant(tenant).orElse(NOBODY).at("/observed/would");
          assertThat(StreamSupport.stream(would.spliterator(), false).map(JsonNode::asText))
              .satisfies(lines ->
                  assertThat(List.of(parts))
                      .allSatisfy(part -> assertThat(lines).anyMatch(line -> line.contains(part))));
        });
  }
}
