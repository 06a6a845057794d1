package dev.berth.event;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.event.incoming.InputType;
import dev.berth.event.outgoing.OutgoingEvent;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.event.outgoing.StepType;
import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolPhase;
import dev.berth.nodepool.PoolSamples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The AsyncAPI document says what the code takes and sends, no more and no less. */
class AsyncApiTest {

  private static final Path CONTRACT = Path.of("src/main/resources/META-INF/resources/contract");

  private final JsonNode document = read();

  @Test
  void everyTopicHasTheTypesThatTheCodeTakesOrSends() {
    assertThat(types("tenant.events"))
        .isEqualTo(InputType.SUPPORTED.stream().map(InputType::type).toList());
    assertThat(types("tenant.lifecycle"))
        .isEqualTo(Stream.of(StepType.values()).map(StepType::type).toList());
    assertThat(types("tenant.state")).containsExactly(StatusEvents.STATE);
    assertThat(types("tenant.quarantine")).containsExactly(StatusEvents.REFUSED);
    assertThat(types("node-pool.lifecycle"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(PoolPhase.values()).map(StatusEvents::type).toList());
    assertThat(document.path("channels")).hasSize(5);
  }

  @Test
  void everyMessageHasItsSchemaAndItsHeaders() {
    assertThat(messages())
        .allSatisfy((name, message) -> {
          String schema = message.at("/payload/schema/$ref").asText();
          assertThat(CONTRACT.resolve(schema)).as(name).isRegularFile();
          String type = message.path("name").asText();
          assertThat(schema)
              .isEqualTo("schemas/%s.json".formatted(isStep(type) ? StatusEvents.STATE : type));
          String direction = types("tenant.events").contains(type) ? "sent" : "published";
          assertThat(message.at("/headers/$ref").asText()).endsWith("/" + direction);
        });
  }

  @Test
  void whatBerthPublishesHasTheHeadersThatAreRequired() {
    List<String> required =
        stream(document.at("/components/schemas/published/required"))
            .map(JsonNode::asText)
            .toList();
    NodePool pool = PoolSamples.ready("Standard_D8s_v5");

    OutgoingEvent sent = new StatusEvents("local").step(pool, PoolSamples.TIME);

    assertThat(sent.headers()).containsOnlyKeys(required);
  }

  private static boolean isStep(String type) {
    return Stream.of(StepType.values()).anyMatch(step -> step.type().equals(type));
  }

  private List<String> types(String topic) {
    JsonNode channel =
        stream(document.path("channels"))
            .filter(it -> it.path("address").asText().equals(topic))
            .findFirst()
            .orElseThrow();
    return stream(channel.path("messages"))
        .map(message -> messages().get(message.path("$ref").asText().replaceFirst(".*/", "")))
        .map(message -> message.path("name").asText())
        .toList();
  }

  private Map<String, JsonNode> messages() {
    return document.at("/components/messages").properties().stream()
        .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static JsonNode read() {
    try {
      Object yaml =
          new Load(LoadSettings.builder().build())
              .loadFromString(Files.readString(CONTRACT.resolve("asyncapi.yaml")));
      return JsonMapper.builder().build().valueToTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
