package dev.berth.cli;

import static dev.berth.cli.Tables.stream;
import static dev.berth.cli.terminal.Printer.text;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.terminal.Printer.Table;
import dev.berth.event.Printable;
import java.util.List;
import java.util.stream.Stream;

/** What happened, plans and capacity as tables for people. */
final class OverviewTables {

  private OverviewTables() {}

  static Table timeline(JsonNode page) {
    return new Table(
        7,
        List.of("WHAT", "TIME", "TIMES", "TYPE", "STATE", "REASON", "MESSAGE"),
        stream(page.path("items"))
            .map(entry ->
                List.of(
                    text(entry, "kind") + " " + text(entry, "sequence") + text(entry, "id"),
                    text(entry, "time"),
                    text(entry, "count"),
                    text(entry, "type").replace("dev.berth.tenant.", ""),
                    text(entry, "phase") + text(entry, "verdict") + text(entry, "state"),
                    text(entry, "reason") + text(entry, "why"),
                    text(entry, "message")))
            .toList());
  }

  static Table plans(JsonNode plans) {
    return new Table(
        4,
        List.of("PLAN", "OFFERED", "TENANTS", "RELEASED"),
        stream(plans.path("items"))
            .flatMap(plan ->
                stream(plan.path("versions"))
                    .map(version ->
                        List.of(
                            text(plan, "name") + "@" + text(version, "version"),
                            version.path("offered").asBoolean() ? "yes" : "no",
                            text(version, "tenants"),
                            text(version, "releasedAt"))))
            .toList());
  }

  /** Where files of plans are wrong, and what. */
  static List<String> planErrors(JsonNode plans) {
    return stream(plans.path("errors"))
        .map(error ->
            "%s:%s %s: %s"
                .formatted(
                    text(error, "file"),
                    text(error, "line"),
                    text(error, "field"),
                    text(error, "message")))
        .map(Printable::of)
        .toList();
  }

  static Table capacity(JsonNode capacity) {
    return new Table(
        7,
        List.of("POOL", "NODES", "FREE", "PROMISED", "USED", "WAITING", "FIRST"),
        stream(capacity.path("pools"))
            .map(pool ->
                List.of(
                    text(pool, "pool"),
                    text(pool.path("nodes"), "ready"),
                    room(pool.at("/rooms/free")),
                    room(pool.at("/rooms/promised")),
                    room(pool.at("/rooms/used")),
                    pool.at("/line/waiting").asText("0"),
                    firstOf(pool)))
            .toList());
  }

  /** Whoever is at the head of a line. */
  static List<String> firstInLine(JsonNode capacity) {
    return stream(capacity.path("pools"))
        .map(OverviewTables::firstOf)
        .filter(id -> !id.isEmpty())
        .toList();
  }

  private static String firstOf(JsonNode pool) {
    return pool.at("/line/first/0/tenantId").asText();
  }

  /** What holds the change back first, then each object. */
  static Table preview(JsonNode preview) {
    Stream<List<String>> held =
        stream(preview.path("held"))
            .map(it -> List.of(text(it, "reason"), "HELD BACK", "", text(it, "message")));
    Stream<List<String>> objects =
        stream(preview.path("objects"))
            .map(it ->
                List.of(text(it, "object"), text(it, "effect"), text(it, "refusal"), fields(it)));
    return new Table(
        4, List.of("OBJECT", "EFFECT", "REFUSED", "FIELDS"), Stream.concat(held, objects).toList());
  }

  private static String fields(JsonNode object) {
    return text(object, "effect").equals("CREATE")
        ? ""
        : stream(object.path("fields"))
            .map(field ->
                "%s: %s -> %s"
                    .formatted(text(field, "field"), text(field, "before"), text(field, "after")))
            .collect(joining("; "));
  }

  private static String room(JsonNode room) {
    return room.isNull()
        ? ""
        : "%dMi %dm %d"
            .formatted(
                room.path("memory").asLong() >> 20,
                room.path("cpu").asLong(),
                room.path("sandboxes").asLong());
  }
}
