package dev.berth.journey;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.event.incoming.DataSchemas;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.journey.stage.ControlPlane.Sent;
import dev.berth.journey.stage.Letter;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.Wish;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a control plane says and what Berth answers, recorded for the tests of others: {@code
 * -Dgolden.update=true} writes it anew, as it was.
 */
@QuarkusTest
@TestProfile(OnRealParts.class)
class DialogueIT {

  private static final Path RECORDED =
      Path.of(System.getProperty("basedir", ""))
          .resolve("src/main/resources/META-INF/resources/contract/dialogue.jsonl");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TENANT = "northwind";
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z";

  private final List<String> lines = new ArrayList<>();
  private int told;

  @Test
  void theRecordedDialogueIsWhatIsSaidToday() throws IOException {
    Wish wish = Wish.of("starter").owners("northwind-admins").sandboxes(2);
    Letter created = Letter.event("created.v1", TENANT, wish.json());

    says(created.also("ce_correlationid", "order-66"));
    Stage.STATUS.awaitReady(TENANT, 1);
    answers();
    says(created.also("ce_correlationid", "order-66")); // once more: nobody answers
    says(Letter.event("updated.v1", TENANT, wish.generation(2).sandboxes(3).json()));
    Stage.STATUS.awaitReady(TENANT, 2);
    answers();
    Sent rejected =
        says(Letter.event("updated.v1", TENANT, wish.generation(3).sandboxes(99).json()));
    Stage.STATUS.awaitStep(TENANT, "rejected", 2);
    answers(Stage.STATUS.awaitRefusal(rejected));
    Sent refused =
        says(
            Letter.event("created.v1", TENANT, wish.generation(4).json())
                .with("ce_source", "/somebody"));
    Message quarantined = Stage.STATUS.awaitRefusal(refused);
    answers(quarantined);
    says(
        Letter.event(
            "offboarding-requested.v1",
            TENANT,
            "{\"generation\":5,\"reason\":\"contract ended\"}"));
    Stage.STATUS.awaitStep(TENANT, "OFFBOARDED", it -> it.text("phase").equals("OFFBOARDED"));
    answers();

    if (Boolean.getBoolean("golden.update")) {
      Files.write(RECORDED, lines);
    }
    assertThat(masked(lines)).isEqualTo(masked(Files.readAllLines(RECORDED)));
  }

  @Test
  void itIsServedBesideTheSchemas() throws IOException {
    assertThat(given().get("/contract/dialogue.jsonl").asString())
        .isEqualTo(Files.readString(RECORDED));
    assertThat(given().get("/contract/schemas/dev.berth.tenant.state.v1.json").statusCode())
        .isEqualTo(200);
  }

  private Sent says(Letter letter) {
    Map<String, String> headers = new TreeMap<>();
    letter.headers().forEach(it -> headers.put(it.key(), new String(it.value(), UTF_8)));
    lines.add(
        line(
            "in", "tenant.events", TENANT, headers, Stage.json(new String(letter.value(), UTF_8))));
    return Stage.CONTROL_PLANE.sends(letter);
  }

  /** First the steps, then the state that the last of them left: topics have no common order. */
  private void answers(Message... refusals) {
    List<Message> steps = Stage.STATUS.steps(TENANT);
    List<Message> news = steps.subList(told, steps.size());
    told = steps.size();
    Stage.STATUS.assertWholeStory(TENANT);
    news.forEach(this::answered);
    Stream.of(refusals).forEach(this::answered);
    if (!news.isEmpty()) {
      answered(Stage.STATUS.snapshots(TENANT).getLast());
    }
  }

  private void answered(Message message) {
    String type = message.headers().get("ce_type");
    String schema = type.equals(StatusEvents.REFUSED) ? type : StatusEvents.STATE;
    assertThat(new DataSchemas(Stream.of(schema)).faults(schema, message.data())).isEmpty();
    lines.add(
        line(
            "out",
            message.topic(),
            message.key(),
            new TreeMap<>(message.headers()),
            message.data()));
  }

  private static String line(
      String direction, String topic, String key, Map<String, String> headers, JsonNode value) {
    ObjectNode line = JSON.createObjectNode().put("direction", direction).put("topic", topic);
    line.put("key", key);
    line.set("headers", JSON.valueToTree(headers));
    line.set("value", value);
    return line.toString();
  }

  private static String masked(List<String> lines) {
    return String.join("\n", lines)
        .replaceAll(UUID, "<id>")
        .replaceAll(TIME, "<time>")
        .replaceAll("\"(partition|offset)\":\\d+", "\"$1\":0")
        .replaceAll("\"sha256\":\"[0-9a-f]+\"", "\"sha256\":\"\"");
  }
}
