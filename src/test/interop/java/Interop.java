import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Berth seen by the CloudEvents SDK for Java and Kafka's client. {@code send} sends the events of
 * ../events.json; {@code settle} waits until Berth has answered what every SDK has sent and says in
 * ends.json how far to read; {@code read} reads all that Berth has published, and which key went to
 * which partition of {@code tenant.events}.
 */
class Interop {
  static final String SDK = "java";
  static final String BROKERS = System.getenv("KAFKA_BOOTSTRAP_SERVERS");
  static final Path FOLDER = Path.of(System.getenv("INTEROP_FOLDER"));
  static final List<String> PUBLISHED =
      List.of("tenant.lifecycle", "tenant.state", "tenant.quarantine", "node-pool.lifecycle");
  static final Set<String> KNOWN = Set.of("time", "datacontenttype", "dataschema");
  static final Duration PATIENCE = Duration.ofSeconds(300);
  static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "send" -> send();
      case "settle" -> settle();
      case "read" -> read();
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  // --- a producer ---

  static CloudEvent event(JsonNode plan, JsonNode wanted) throws IOException {
    CloudEventBuilder builder =
        CloudEventBuilder.v1()
            .withId(UUID.randomUUID().toString())
            .withType("dev.berth.tenant.%s.v1".formatted(wanted.get("type").textValue()))
            .withSource(java.net.URI.create(plan.get("source").textValue()))
            .withSubject(wanted.get("tenant").textValue())
            .withData(JSON.writeValueAsBytes(wanted.get("data")));
    if (wanted.get("attributes").textValue().equals("everything")) {
      plan.get("everything")
          .properties()
          .forEach(attribute -> {
            String tenant = wanted.get("tenant").textValue();
            String value = attribute.getValue().textValue().replace("$TENANT", tenant);
            if (KNOWN.contains(attribute.getKey())) {
              builder.withContextAttribute(attribute.getKey(), value);
            } else {
              builder.withExtension(attribute.getKey(), value);
            }
          });
    }
    return builder.build();
  }

  static KafkaProducer<String, CloudEvent> producer(Encoding encoding) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers", BROKERS,
            "key.serializer", StringSerializer.class.getName(),
            "value.serializer", CloudEventSerializer.class.getName(),
            CloudEventSerializer.ENCODING_CONFIG, encoding.name(),
            CloudEventSerializer.EVENT_FORMAT_CONFIG, JsonFormat.CONTENT_TYPE));
  }

  static void send() throws Exception {
    Path file = Path.of(System.getenv("INTEROP_EVENTS"));
    JsonNode plan = JSON.readTree(Files.readString(file).replace("$SDK", SDK));
    ObjectNode sent = JSON.createObjectNode();
    sent.set("tenants", plan.get("tenants"));
    try (var binary = producer(Encoding.BINARY);
        var structured = producer(Encoding.STRUCTURED)) {
      for (JsonNode wanted : plan.get("events")) {
        CloudEvent event = event(plan, wanted);
        boolean isBinary = wanted.get("mode").textValue().equals("binary");
        send(isBinary ? binary : structured, event);
        sent.withObject("/events").set(event.getId(), wanted);
      }
      for (JsonNode probe : plan.get("probes")) {
        send(binary, event(plan, probe));
      }
    }
    Files.writeString(FOLDER.resolve(SDK + ".sent.json"), JSON.writeValueAsString(sent));
  }

  /** The record's key is the tenant id, whether the event has a partitionkey or not. */
  static void send(KafkaProducer<String, CloudEvent> producer, CloudEvent event) throws Exception {
    producer.send(new ProducerRecord<>("tenant.events", event.getSubject(), event)).get();
  }

  // --- a consumer ---

  /** All records of the topics, until the condition is asked for after a batch and holds. */
  static void consume(
      List<String> topics,
      Consumer<ConsumerRecord<String, CloudEvent>> each,
      Predicate<KafkaConsumer<String, CloudEvent>> isDone) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", BROKERS, "isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new CloudEventDeserializer())) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      do {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("not done within " + PATIENCE);
        }
        consumer.poll(Duration.ofMillis(200)).forEach(each);
      } while (!isDone.test(consumer));
    }
  }

  static boolean isAtTheEnd(KafkaConsumer<String, CloudEvent> consumer) {
    return consumer.endOffsets(consumer.assignment()).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  static JsonNode data(CloudEvent event) {
    try {
      return JSON.readTree(event.getData().toBytes());
    } catch (IOException e) {
      throw new IllegalStateException(event + " has no JSON", e);
    }
  }

  static void settle() throws Exception {
    Set<String> unanswered = new HashSet<>();
    Map<String, String> phases = new HashMap<>();
    for (String sdk : System.getenv("INTEROP_SDKS").split(" ")) {
      JsonNode sent = JSON.readTree(FOLDER.resolve(sdk + ".sent.json").toFile());
      sent.get("events").properties().forEach(event ->
          unanswered.add(event.getValue().get("expect").textValue() + " " + event.getKey()));
      sent.get("tenants").properties().forEach(tenant ->
          phases.put(tenant.getKey(), tenant.getValue().textValue()));
    }
    ObjectNode ends = JSON.createObjectNode();
    try {
      consume(
          PUBLISHED,
          record -> {
            CloudEvent event = record.value();
            String type = event.getType().replaceAll("dev.berth.tenant.|.v1", "");
            unanswered.remove(type + " " + event.getExtension("causationid"));
            if (record.topic().equals("tenant.quarantine")) {
              unanswered.remove("refused " + data(event).path("claimedId").asText());
              unanswered.remove("accepted " + data(event).path("claimedId").asText()); // told later
            } else if (type.equals("state")) {
              phases.remove(event.getSubject(), data(event).path("phase").asText());
            }
            ObjectNode topic = ends.withObject("/" + record.topic());
            String partition = Integer.toString(record.partition());
            ObjectNode end =
                topic.has(partition)
                    ? (ObjectNode) topic.get(partition)
                    : topic.putObject(partition);
            end.put("last", record.offset()).put("count", end.path("count").asInt() + 1);
          },
          consumer -> unanswered.isEmpty() && phases.isEmpty() && isAtTheEnd(consumer));
    } catch (IllegalStateException e) {
      System.err.printf("%s: unanswered %s, never seen %s%n", e.getMessage(), unanswered, phases);
      System.exit(1);
    }
    Files.writeString(FOLDER.resolve("ends.json"), JSON.writeValueAsString(ends));
  }

  static void read() throws Exception {
    JsonNode ends = JSON.readTree(FOLDER.resolve("ends.json").toFile());
    try (BufferedWriter out = Files.newBufferedWriter(FOLDER.resolve(SDK + ".read.jsonl"))) {
      consume(
          PUBLISHED,
          record -> {
            JsonNode end = ends.path(record.topic()).path(Integer.toString(record.partition()));
            if (record.offset() <= end.path("last").asLong(-1)) {
              write(out, seen(record));
            }
          },
          Interop::isAtTheEnd);
    }
    try (BufferedWriter out = Files.newBufferedWriter(FOLDER.resolve("partitions.jsonl"))) {
      consume(
          List.of("tenant.events"),
          record ->
              write(
                  out,
                  JSON.createObjectNode()
                      .put("source", record.value().getSource().toString())
                      .put("key", record.key())
                      .put("partition", record.partition())),
          Interop::isAtTheEnd);
    }
  }

  /** The event as this SDK understands it. */
  static ObjectNode seen(ConsumerRecord<String, CloudEvent> record) {
    CloudEvent event = record.value();
    ObjectNode line =
        JSON.createObjectNode()
            .put("topic", record.topic())
            .put("key", record.key())
            .put("at", record.partition() + "/" + record.offset());
    ObjectNode attributes = line.putObject("attributes");
    event.getAttributeNames().forEach(name ->
        attributes.put(name, String.valueOf(event.getAttribute(name))));
    event.getExtensionNames().forEach(name ->
        attributes.put(name, String.valueOf(event.getExtension(name))));
    line.set("data", data(event));
    line.putArray("faults");
    return line;
  }

  static void write(BufferedWriter out, JsonNode line) {
    try {
      out.write(new String(JSON.writeValueAsBytes(line), UTF_8) + "\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
