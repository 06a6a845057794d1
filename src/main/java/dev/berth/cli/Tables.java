package dev.berth.cli;

import static dev.berth.cli.terminal.Printer.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.terminal.Ages;
import dev.berth.cli.terminal.Printer.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Answers of the API as tables for people. */
final class Tables {

  /** They are not in any group of the fleet. */
  private static final Set<String> SETTLED = Set.of("READY", "OFFBOARDED");

  private final Instant now;

  Tables(Instant now) {
    this.now = now;
  }

  Table fleet(JsonNode fleet) {
    List<List<String>> rows = new ArrayList<>();
    Stream.of("needsPerson", "goesOn")
        .flatMap(list -> stream(fleet.path(list)))
        .forEach(group ->
            rows.add(
                List.of(
                    text(group, "phase"),
                    text(group, "reason"),
                    text(group, "tenants"),
                    age(group, "oldest"),
                    text(group, "actor"),
                    text(group, "nextStep"))));
    stream(fleet.path("quarantine"))
        .forEach(refused ->
            rows.add(
                List.of(
                    "QUARANTINE",
                    text(refused, "reason"),
                    text(refused, "records"),
                    age(refused, "oldest"),
                    text(refused, "actor"),
                    text(refused, "nextStep"))));
    stream(fleet.path("checks"))
        .forEach(check ->
            rows.add(
                List.of(
                    check.path("up").asBoolean() ? "FAULTY" : "DOWN",
                    text(check, "check"),
                    "",
                    age(check, "since"),
                    text(check, "actor"),
                    text(check, "message"))));
    for (Map.Entry<String, JsonNode> phase : fleet.path("phases").properties()) {
      if (SETTLED.contains(phase.getKey())) {
        rows.add(List.of(phase.getKey(), "", phase.getValue().asText(), "", "", ""));
      }
    }
    return new Table(5, List.of("WHAT", "REASON", "NUMBER", "FOR", "WHO", "DO"), rows);
  }

  Table tenants(Stream<JsonNode> tenants) {
    return new Table(
        7,
        List.of("TENANT", "PHASE", "REASON", "FOR", "WHO", "PLAN", "GENERATION", "MESSAGE"),
        tenants
            .map(tenant ->
                List.of(
                    text(tenant, "tenantId"),
                    text(tenant, "phase"),
                    text(tenant, "reason"),
                    age(tenant, "since"),
                    text(tenant, "actor"),
                    text(tenant, "plan"),
                    text(tenant, "observedGeneration") + "/" + text(tenant, "generation"),
                    text(tenant, "message")))
            .toList());
  }

  static Table lines(JsonNode sentences) {
    return new Table(1, List.of(""), stream(sentences).map(it -> List.of(it.asText())).toList());
  }

  static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private String age(JsonNode object, String member) {
    return Ages.since(text(object, member), now);
  }
}
