package dev.berth.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.delivery.evidence.Database;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SBT and Berth, joined by the packaged jar, which is killed in between. */
class SbtBridgeIT {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Map<String, String> BRIDGE =
      Map.of(
          "BERTH_BRIDGE_SBT_REQUESTS", "sbt.requests",
          "BERTH_BRIDGE_SBT_ANSWERS", "sbt.answers",
          "BERTH_BRIDGE_SBT_OWNERS", "Group:{tenantId}-admins,User:{email}",
          "BERTH_BRIDGE_SBT_PLANS_BASIC", "starter",
          "BERTH_EVENTS_SOURCES", "/control-plane,/bridge/sbt",
          "BERTH_EVENTS_GENERATION_GAP", "10000000000000");

  private static PackagedBerth berth;
  private static Replica replica;
  private static KafkaProducer<String, String> sbt;
  private static KafkaConsumer<String, String> reader;
  private static final List<JsonNode> ANSWERS = new ArrayList<>();
  private static final List<JsonNode> REFUSED = new ArrayList<>();

  @BeforeAll
  static void everythingRuns() throws Exception {
    berth = PackagedBerth.besideNewParts("sbt");
    try (Admin admin = berth.kafka().admin()) {
      admin
          .createTopics(
              Stream.of("sbt.requests", "sbt.answers")
                  .map(topic -> new NewTopic(topic, 2, (short) 1))
                  .toList())
          .all()
          .get();
    }
    Map<String, Object> broker =
        Map.of("bootstrap.servers", berth.kafka().bootstrapServers(), "linger.ms", 0);
    sbt = new KafkaProducer<>(broker, new StringSerializer(), new StringSerializer());
    Map<String, Object> reading = new HashMap<>(broker);
    reading.remove("linger.ms");
    reading.put("isolation.level", "read_committed");
    reader = new KafkaConsumer<>(reading, new StringDeserializer(), new StringDeserializer());
    List<TopicPartition> partitions =
        Stream.of("sbt.answers", "tenant.quarantine")
            .flatMap(topic -> reader.partitionsFor(topic).stream())
            .map(it -> new TopicPartition(it.topic(), it.partition()))
            .toList();
    reader.assign(partitions);
    reader.seekToBeginning(partitions);
    replica = berth.replica(BRIDGE);
    replica.start();
    replica.awaitReady();
  }

  @AfterAll
  static void endThem() {
    Stream.of(sbt, reader, berth)
        .filter(it -> it != null)
        .forEach(it -> {
          try {
            it.close();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void whatSbtAsksForIsDoneOnceAndAnsweredAlsoAcrossACrash() throws Exception {
    ObjectNode first = request("onboarding-request", UUID.randomUUID().toString());
    ObjectNode second = request("onboarding-request", UUID.randomUUID().toString());
    String tenant = tenant(first);

    send("this is no JSON");
    send(request("onboarding-request", "Not a tenant").toString());
    send(first.toString());
    send(first.toString());
    assertThat(awaitAnswer(first, "sbt_aws_provisionSuccess").at("/detail/jobOutput"))
        .hasToString(
            "{\"tenantData\":{\"namespaces\":[\"tenant-%s\"]},\"tenantRegistrationData\":{\"registrationStatus\":\"created\",\"registrationReason\":\"Provisioned\",\"registrationMessage\":\"1 namespace ready\"}}"
                .formatted(tenant));
    Database database = new Database(berth.postgres());
    assertThat(database.tenants())
        .containsOnlyKeys(tenant)
        .containsEntry(tenant, new Database.Row("READY", 1, generation(first), generation(first)));

    ObjectNode leaving = leaving(first);
    send(leaving.toString());
    send(second.toString());
    replica.kill();
    send(first.toString());
    replica.start();

    awaitAnswer(first, "sbt_aws_deprovisionSuccess");
    awaitAnswer(second, "sbt_aws_provisionSuccess");
    assertThat(database.tenants().get(tenant).generation()).isEqualTo(generation(first) + 1);
    assertThat(database.tenants().get(tenant).phase()).isEqualTo("OFFBOARDED");
    assertThat(database.tenants()).containsOnlyKeys(tenant, tenant(second));
    assertThat(ids(first)).as("one id for each answer, however often it came").hasSize(2);
    assertThat(ids(second)).hasSize(1);
  }

  @Test
  void whatCannotBeMappedLiesInTheQuarantineAndItsAskerKnows() throws Exception {
    ObjectNode bad = request("onboarding-request", "Not a tenant");
    ((ObjectNode) bad.path("detail")).put("tenantRegistrationId", "registration-of-nobody");
    send(bad.toString());

    JsonNode answer = awaitAnswer(bad, "sbt_aws_provisionFailure");

    assertThat(answer.at("/detail/jobOutput/tenantRegistrationData/registrationMessage").asText())
        .contains("/detail/tenantId", "a tenant id has 1 to 40");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          read();
          assertThat(REFUSED)
              .anySatisfy(refused -> {
                assertThat(refused.path("reason").asText()).isEqualTo("InvalidTenantId");
                assertThat(refused.path("claimedTenant").asText()).isEqualTo("Not a tenant");
                assertThat(refused.path("claimedId").asText()).startsWith("sbt.requests/");
                assertThat(refused.path("claimedType").asText()).contains("not mapped: ");
              });
        });
  }

  private static ObjectNode request(String name, String tenant) {
    ObjectNode event = SbtRecords.event(name);
    event.put("id", UUID.randomUUID().toString());
    ((ObjectNode) event.path("detail"))
        .put("tenantId", tenant)
        .put("tenantRegistrationId", "registration-" + tenant);
    return event;
  }

  private static ObjectNode leaving(ObjectNode onboarding) {
    return request("offboarding-request", tenant(onboarding));
  }

  private static String tenant(JsonNode event) {
    return event.at("/detail/tenantId").asText();
  }

  private static long generation(JsonNode event) {
    return 2 * Instant.parse(event.path("time").asText()).toEpochMilli();
  }

  private static void send(String event) throws Exception {
    sbt.send(new ProducerRecord<>("sbt.requests", event)).get();
  }

  private static JsonNode awaitAnswer(JsonNode request, String detailType) {
    String registration = request.at("/detail/tenantRegistrationId").asText();
    return await(detailType + " of " + registration)
        .atMost(PATIENCE)
        .until(
            () -> {
              read();
              return ANSWERS.stream()
                  .filter(it -> it.path("detail-type").asText().equals(detailType))
                  .filter(it -> registration(it).equals(registration))
                  .toList();
            },
            found -> !found.isEmpty())
        .getFirst();
  }

  /** Of the answers to the tenant's requests: repeats have the same one. */
  private static List<String> ids(JsonNode request) {
    String registration = request.at("/detail/tenantRegistrationId").asText();
    return ANSWERS.stream()
        .filter(it -> registration(it).equals(registration))
        .map(it -> it.path("id").asText())
        .distinct()
        .toList();
  }

  private static String registration(JsonNode answer) {
    return answer.at("/detail/tenantRegistrationId").asText();
  }

  private static void read() {
    reader
        .poll(Duration.ofMillis(100))
        .forEach(it ->
            (it.topic().equals("sbt.answers") ? ANSWERS : REFUSED)
                .add(SbtRecords.json(it.value())));
  }
}
