package dev.berth.cli.quarantine;

import static dev.berth.cli.terminal.Printer.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.terminal.Ages;
import dev.berth.cli.terminal.Printer.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Records of the quarantine, and what was done about them, as tables for people. */
final class RecordTables {

  private final Instant now;

  RecordTables(Instant now) {
    this.now = now;
  }

  Table records(Stream<JsonNode> records) {
    return new Table(
        7,
        List.of(
            "RECORD", "AGE", "REASON", "WHO", "TENANT", "SOURCE", "STATE", "RESULT", "EVENT",
            "MESSAGE", "DO"),
        records
            .map(record ->
                List.of(
                    text(record, "id"),
                    Ages.since(text(record, "refusedAt"), now),
                    text(record, "reason"),
                    text(record, "actor"),
                    text(record, "claimedTenant"),
                    text(record, "claimedSource"),
                    text(record, "state"),
                    text(record, "result"),
                    text(record, "claimedId"),
                    text(record, "message"),
                    text(record, "nextStep")))
            .toList());
  }

  /** All that is known of one record, a line each. */
  static Table members(JsonNode record) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : record.properties()) {
      JsonNode value = member.getValue();
      if (value.isValueNode()) {
        rows.add(List.of(member.getKey(), value.isNull() ? "" : value.asText()));
      }
    }
    record
        .path("errors")
        .forEach(error ->
            rows.add(List.of("error", text(error, "pointer") + ": " + text(error, "detail"))));
    JsonNode by = record.path("by");
    if (by.isObject()) {
      rows.add(List.of("by", text(by, "who") + " (" + text(by, "kind") + "): " + text(by, "why")));
    }
    return new Table(2, List.of("MEMBER", "VALUE"), rows);
  }

  /** What a dry run says of each record. */
  static Table results(Stream<JsonNode> results) {
    return new Table(
        5,
        List.of("RECORD", "RESULT", "REASON", "STATE", "MESSAGE"),
        results
            .map(result ->
                List.of(
                    text(result, "id"),
                    text(result, "result"),
                    text(result, "reason"),
                    text(result, "state"),
                    text(result, "message")))
            .toList());
  }

  /** What came of actions. */
  static Table actions(Stream<JsonNode> actions) {
    return new Table(
        3,
        List.of("ACTION", "STATE", "MESSAGE"),
        actions
            .map(action ->
                List.of(text(action, "id"), text(action, "state"), text(action, "message")))
            .toList());
  }

  static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
