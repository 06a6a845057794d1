package dev.berth.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.FakeAzure;
import dev.berth.local.azure.LocalAzure;
import dev.berth.local.azure.wire.Call;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import dev.berth.local.run.TenantEvents;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A cluster without a node for sandboxes, and tenants whose plan asks for a node pool. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodePoolIT {
  private static final List<String> TENANTS = List.of("tyrell", "wonka", "cyberdyne");
  private static final String POOL = "kd4sv5";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static PackagedBerth berth;
  private static Replica replica;

  @BeforeAll
  static void partsRun() {
    berth = PackagedBerth.besideAzure("node-pool");
    replica =
        berth.replica(
            Map.of(
                "BERTH_ISOLATION_AFTER",
                "1h",
                "BERTH_WORK_LEASE",
                "6s",
                "BERTH_WORK_LEASE_MARGIN",
                "2s"));
    replica.start();
    replica.awaitReady();
  }

  @AfterAll
  static void endThem() {
    if (berth != null) {
      berth.close();
    }
  }

  @Test
  @Order(1)
  void tenantsWaitForTheirPoolWhichIsMadeOnceThoughBerthIsKilledMeanwhile() throws Exception {
    FakeAzure azure = berth.azure();
    azure.operationsTake(Duration.ofHours(1));

    // When
    try (TenantEvents events = new TenantEvents(berth.kafka().bootstrapServers())) {
      TENANTS.forEach(tenant -> events.created(tenant, LocalAzure.PLAN, 1));
    }
    awaitEach(it ->
        it.path("phase").asText().equals("WAITLISTED")
            && it.path("reason").asText().equals("NodePoolCreating")
            && it.path("message").asText().startsWith("position "));
    replica.kill();
    replica.start();
    replica.awaitReady();
    azure.operationsTake(Duration.ofSeconds(1));
    azure.portal().endsWhatRuns();

    // Then
    awaitEach(it -> it.path("phase").asText().equals("READY"));
    assertThat(azure.journal().of(Call.PUT_POOL)).hasSize(1);
    assertThat(azure.journal().of(Call.PUT_CLUSTER)).isEmpty();
    JsonNode sent = JSON.readTree(azure.journal().putsOf(POOL).getFirst());
    JsonNode properties = sent.path("properties");
    assertThat(properties.path("tags").path("berth-installation").asText()).isNotBlank();
    ((ObjectNode) properties).remove("tags");
    assertThat(sent)
        .isEqualTo(
            JSON.readTree(
                """
                {"properties": {"count": 1, "vmSize": "Standard_D4s_v5", "workloadRuntime": "KataVmIsolation",
                                "osType": "Linux", "osSKU": "AzureLinux", "type": "VirtualMachineScaleSets",
                                "mode": "User", "nodeLabels": {"berth.dev/node-pool": "kd4sv5"}, "nodeTaints": []}}
                """));
  }

  /** Azure has the machine, and its kubelet is silent: no more nodes help. */
  @Test
  @Order(2)
  void withoutAReadyNodeTheirTenantsAreDegradedAndNobodyIsLetInUntilOneIsBack() {
    nodesAreReady("False");
    awaitEach(TENANTS, it -> it.path("phase").asText().equals("DEGRADED"));
    try (TenantEvents events = new TenantEvents(berth.kafka().bootstrapServers())) {
      events.created("deckard", LocalAzure.PLAN, 1);
    }
    awaitEach(List.of("deckard"), it -> it.path("phase").asText().equals("WAITLISTED"));
    awaitEach(TENANTS, it -> it.path("phase").asText().equals("DEGRADED"));

    nodesAreReady("True");
    awaitEach(TENANTS, it -> it.path("phase").asText().equals("READY"));
    awaitEach(List.of("deckard"), it -> it.path("phase").asText().equals("READY"));
  }

  private static void nodesAreReady(String status) {
    try (KubernetesClient administrator = berth.cluster().client()) {
      administrator
          .nodes()
          .withLabel("kubernetes.azure.com/agentpool", POOL)
          .resources()
          .forEach(node ->
              node.editStatus(it ->
                  it.edit()
                      .editStatus()
                      .editMatchingCondition(condition -> condition.getType().equals("Ready"))
                      .withStatus(status)
                      .endCondition()
                      .endStatus()
                      .build()));
    }
  }

  private static void awaitEach(Predicate<JsonNode> settled) {
    awaitEach(TENANTS, settled);
  }

  private static void awaitEach(List<String> tenants, Predicate<JsonNode> settled) {
    await("every tenant")
        .atMost(Duration.ofMinutes(5))
        .ignoreExceptions()
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          for (String tenant : tenants) {
            Optional<JsonNode> told = replica.tenant(tenant);
            if (told.isEmpty() || !settled.test(told.get())) {
              return false;
            }
          }
          return true;
        });
  }
}
