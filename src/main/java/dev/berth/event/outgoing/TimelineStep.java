package dev.berth.event.outgoing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A published step as the timeline shows it; what a stored event does not tell is null. */
public record TimelineStep(
    long sequence,
    String type,
    @Nullable String time,
    @Nullable String phase,
    @Nullable String reason,
    @Nullable String message) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Reads what {@link StatusEvents#step} wrote, also in an older version. */
  public static TimelineStep of(
      long sequence, String type, Map<String, String> headers, byte[] payload) {
    JsonNode data = data(payload);
    return new TimelineStep(
        sequence,
        type,
        headers.get("ce_time"),
        data.path("phase").textValue(),
        data.path("reason").textValue(),
        data.path("message").textValue());
  }

  private static JsonNode data(byte[] payload) {
    try {
      return JSON.readTree(payload);
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }
}
