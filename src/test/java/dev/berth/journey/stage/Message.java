package dev.berth.journey.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What Berth published. */
public record Message(String topic, String key, Map<String, String> headers, JsonNode data) {

  static Message of(ConsumerRecord<String, String> published) {
    Map<String, String> headers = new LinkedHashMap<>();
    published
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    return new Message(published.topic(), published.key(), headers, Stage.json(published.value()));
  }

  /** Without the prefix and version that all of them share. */
  public String type() {
    return headers
        .get("ce_type")
        .replaceFirst("^dev\\.berth\\.tenant\\.", "")
        .replaceFirst("\\.v1$", "");
  }

  public String text(String member) {
    return data.path(member).asText();
  }

  public long number(String member) {
    return data.path(member).asLong();
  }

  /** The condition of that type, missing if there is none. */
  public JsonNode condition(String type) {
    for (JsonNode condition : data.path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return data.path("no condition " + type);
  }
}
