package dev.berth.journey.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.Parts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Another service that follows what Berth tells of its tenants. */
public final class StatusReader {

  private static final String[] HEADERS = {
    "ce_specversion",
    "ce_id",
    "ce_source",
    "ce_type",
    "ce_subject",
    "ce_time",
    "ce_partitionkey",
    "ce_correlationid",
    "ce_causationid",
    "content-type"
  };
  private static final Duration POLL = Duration.ofMillis(20);

  private final List<Message> read = new ArrayList<>();
  private final KafkaConsumer<String, String> consumer =
      new KafkaConsumer<>(
          Map.of(
              "bootstrap.servers",
              Parts.kafka().bootstrapServers(),
              "isolation.level",
              "read_committed"),
          new StringDeserializer(),
          new StringDeserializer());

  StatusReader() {
    List<TopicPartition> partitions =
        Stream.of("tenant.lifecycle", "tenant.state", "tenant.quarantine")
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  public List<Message> steps(String tenant) {
    return published("tenant.lifecycle", message -> message.key().equals(tenant));
  }

  public List<String> types(String tenant) {
    return steps(tenant).stream().map(Message::type).toList();
  }

  public List<Message> snapshots(String tenant) {
    return published("tenant.state", message -> message.key().equals(tenant));
  }

  public List<Message> refusals(ControlPlane.Sent sent) {
    return published(
        "tenant.quarantine",
        message ->
            message.number("partition") == sent.partition()
                && message.number("offset") == sent.offset());
  }

  /** The step of that type for that generation, once it is published. */
  public Message awaitStep(String tenant, String type, long generation) {
    return awaitStep(
        tenant,
        type + " of generation " + generation,
        step -> step.type().equals(type) && step.number("generation") == generation);
  }

  /** The step that says that the generation is in force. */
  public Message awaitReady(String tenant, long generation) {
    return awaitStep(
        tenant,
        "READY with generation " + generation,
        step ->
            step.text("phase").equals("READY") && step.number("observedGeneration") == generation);
  }

  public Message awaitStep(String tenant, String what, Predicate<Message> wanted) {
    return Stage.eventually()
        .alias(tenant + " comes to " + what)
        .until(() -> steps(tenant).stream().filter(wanted).toList(), found -> !found.isEmpty())
        .getFirst();
  }

  public Message awaitRefusal(ControlPlane.Sent sent) {
    return Stage.eventually()
        .alias("the quarantine holds " + sent)
        .until(() -> refusals(sent), found -> !found.isEmpty())
        .getFirst();
  }

  /** Its steps are CloudEvents, counted from 1 without a gap, and the last one is its state. */
  public void assertWholeStory(String tenant) {
    List<Message> steps = steps(tenant);
    assertThat(steps)
        .allSatisfy(step -> assertThat(step.headers()).containsKeys(HEADERS))
        .extracting(step -> step.headers().get("ce_id"))
        .doesNotHaveDuplicates();
    assertThat(steps.stream().map(step -> step.number("sequence")))
        .as("sequence of " + tenant)
        .containsExactlyElementsOf(Stream.iterate(1L, n -> n + 1).limit(steps.size()).toList());
    Stage.eventually()
        .untilAsserted(() ->
            assertThat(snapshots(tenant))
                .extracting(Message::data)
                .last()
                .isEqualTo(steps(tenant).getLast().data()));
  }

  private synchronized List<Message> published(String topic, Predicate<Message> wanted) {
    consumer.poll(POLL).forEach(record -> read.add(Message.of(record)));
    return read.stream().filter(message -> message.topic().equals(topic)).filter(wanted).toList();
  }
}
