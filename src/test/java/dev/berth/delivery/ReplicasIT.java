package dev.berth.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.delivery.evidence.AuditLog;
import dev.berth.delivery.evidence.Database;
import dev.berth.delivery.evidence.StatusHistory;
import dev.berth.delivery.evidence.StatusTopic;
import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Three replicas share the work, and each event takes effect once. */
class ReplicasIT {
  private static final String APPLIED = "verdict=\"APPLIED\"";
  private static final String DUPLICATE = "verdict=\"DUPLICATE\"";
  private static final int COPIES = 100;
  private static final int PARTITIONS = 6;

  /** What the two sandboxes of plan starter take: 256Mi each, and 600Mi of overhead. */
  private static final long STARTER = 2 * (256L + 600) << 20;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static PackagedBerth berth;
  private static List<Replica> replicas;
  private static Database database;

  @BeforeAll
  static void threeReplicasRun() {
    berth = PackagedBerth.besideNewParts("replicas");
    database = new Database(berth.postgres());
    replicas = Stream.generate(() -> berth.replica(Map.of())).limit(3).toList();
    // One after the other: the first one makes the tables.
    replicas.forEach(replica -> {
      replica.start();
      replica.awaitReady();
    });
    await("each replica has partitions")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(partitionsByMember()).hasSize(3).doesNotContain(0));
  }

  @AfterAll
  static void endThem() {
    if (berth != null) {
      berth.close();
    }
  }

  @Test
  void anEventThatComesAHundredTimesOnAllPartitionsTakesEffectOnce() throws Exception {
    List<TenantEvent> events =
        List.of(
            TenantEvent.created("acme", "starter", 1),
            TenantEvent.created("hooli", "starter", 1),
            TenantEvent.created("initech", "team", 1));

    long applied = counted(APPLIED);
    long duplicate = counted(DUPLICATE);

    sendToAllPartitions(events);
    awaitPhases(Map.of("acme", "READY", "hooli", "READY", "initech", "READY"));

    assertThat(counted(APPLIED) - applied).isEqualTo(events.size());
    assertThat(counted(DUPLICATE) - duplicate)
        .as("Kafka may bring some of them again")
        .isGreaterThanOrEqualTo(events.size() * (COPIES - 1));
    assertThat(replicas)
        .as("each replica consumed some")
        .allSatisfy(it -> assertThat(it.counted("berth_records_total", "")).isPositive());
    assertOnce("acme", List.of("tenant-acme"));
    assertOnce("hooli", List.of("tenant-hooli"));
    assertOnce("initech", List.of("tenant-initech", "tenant-initech--jobs"));
  }

  @Test
  void anOffboardingThatComesAHundredTimesTakesTheTenantAwayOnce() throws Exception {
    sendToAllPartitions(List.of(TenantEvent.created("umbrella", "starter", 1)));
    awaitPhases(Map.of("umbrella", "READY"));

    sendToAllPartitions(List.of(TenantEvent.offboardingRequested("umbrella", 2)));
    awaitPhases(Map.of("umbrella", "OFFBOARDED"));

    StatusHistory lifecycle = lifecycle();
    assertThat(lifecycle.steps("umbrella", "offboarded")).hasSize(1);
    assertThat(lifecycle.steps("umbrella", "accepted")).hasSize(2);
    lifecycle.assertGaplessFromOne();
    try (KubernetesClient administrator = berth.cluster().client()) {
      assertThat(administrator.namespaces().withName("tenant-umbrella").get()).isNull();
    }
  }

  @Test
  void ofThirtyTenantsThatArriveAtOnceAsManyAreOpenedAsThereIsRoomFor() throws Exception {
    long before = database.memoryTaken();
    List<TenantEvent> events =
        IntStream.range(0, 30).mapToObj(i -> TenantEvent.created("t" + i, "starter", 1)).toList();
    try (KubernetesClient administrator = berth.cluster().client()) {
      Map<String, Quantity> plenty = allocatable(administrator);
      setAllocatable(administrator, Map.of("memory", memory(before + 10 * STARTER)));
      await("the replicas see the small nodes")
          .atMost(PATIENCE)
          .until(() -> replicas.stream().allMatch(it -> allocatable(it) == before + 10 * STARTER));
      try (ControlPlane controlPlane = new ControlPlane(berth.kafka())) {
        events.forEach(controlPlane::send);
        controlPlane.flush();
      }

      await("every tenant is served or waits")
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            assertThat(database.count("READY", "t%")).isEqualTo(10);
            assertThat(database.count("WAITLISTED", "t%")).isEqualTo(20);
          });
      assertThat(database.memoryTaken()).isEqualTo(before + 10 * STARTER);
      assertThat(administrator.namespaces().list().getItems())
          .filteredOn(it -> it.getMetadata().getName().matches("tenant-t[0-9]+"))
          .hasSize(10);

      setAllocatable(administrator, plenty);
      await("the others are served when nodes come")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(database.count("READY", "t%")).isEqualTo(30));
    }
    lifecycle().assertGaplessFromOne();
  }

  /** As far as the replica knows. */
  private static long allocatable(Replica replica) {
    return replica.counted("berth_node_pool_allocatable_bytes", "");
  }

  private static Map<String, Quantity> allocatable(KubernetesClient administrator) {
    return administrator.nodes().list().getItems().getFirst().getStatus().getAllocatable();
  }

  /** Of the first node; the others have no room at all while it is small. */
  private static void setAllocatable(KubernetesClient administrator, Map<String, Quantity> room) {
    boolean small = room.size() == 1;
    List<Node> nodes = administrator.nodes().list().getItems();
    for (Node node : nodes) {
      Quantity memory = small && node != nodes.getFirst() ? memory(0) : room.get("memory");
      administrator
          .nodes()
          .withName(node.getMetadata().getName())
          .editStatus(it -> {
            it.getStatus().getAllocatable().put("memory", memory);
            return it;
          });
    }
  }

  private static Quantity memory(long bytes) {
    return new Quantity(Long.toString(bytes));
  }

  private static void assertOnce(String tenant, List<String> namespaces) {
    StatusHistory lifecycle = lifecycle();
    assertThat(lifecycle.steps(tenant, "accepted")).hasSize(1);
    assertThat(lifecycle.steps(tenant, "provisioned")).hasSize(1);
    lifecycle.assertGaplessFromOne();
    lifecycle.assertRepeatsAreIdentical();
    AuditLog audit = AuditLog.of(berth.cluster());
    for (String namespace : namespaces) {
      assertThat(audit.lives(namespace)).as("creations of %s", namespace).hasSize(1);
      audit.lives(namespace).forEach(life -> life.assertOpenedLast(namespace));
    }
    try (KubernetesClient administrator = berth.cluster().client()) {
      assertThat(administrator.namespaces().withLabel("berth.dev/tenant", tenant).list().getItems())
          .extracting(it -> it.getMetadata().getName())
          .containsExactlyInAnyOrderElementsOf(namespaces);
    }
  }

  /** Returns when all of them were read, so that nobody counts those of another test. */
  private static void sendToAllPartitions(List<TenantEvent> events) throws Exception {
    long before = counted(APPLIED) + counted(DUPLICATE);
    try (ControlPlane controlPlane = new ControlPlane(berth.kafka())) {
      IntStream.range(0, COPIES)
          .forEach(copy -> events.forEach(event -> controlPlane.send(event, copy % PARTITIONS)));
      controlPlane.flush();
    }
    await("every record has a verdict")
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(counted(APPLIED) + counted(DUPLICATE))
                .isGreaterThanOrEqualTo(before + events.size() * COPIES));
  }

  private static StatusHistory lifecycle() {
    return StatusTopic.read(berth.kafka(), "tenant.lifecycle");
  }

  private static void awaitPhases(Map<String, String> phases) {
    await("phases")
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          Map<String, Database.Row> tenants = database.tenants();
          assertThat(tenants).containsKeys(phases.keySet().toArray(String[]::new));
          phases.forEach((id, phase) -> assertThat(tenants.get(id).phase()).isEqualTo(phase));
          assertThat(database.unpublished()).isZero();
        });
  }

  private static long counted(String label) {
    return replicas.stream().mapToLong(it -> it.counted("berth_records_total", label)).sum();
  }

  private static List<Integer> partitionsByMember() throws Exception {
    try (Admin admin = berth.kafka().admin()) {
      Collection<MemberDescription> members =
          admin.describeConsumerGroups(List.of("berth")).all().get().get("berth").members();
      return members.stream().map(it -> it.assignment().topicPartitions().size()).toList();
    }
  }
}
