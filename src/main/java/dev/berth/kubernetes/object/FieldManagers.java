package dev.berth.kubernetes.object;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Live;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * Who wrote an object, as its {@code managedFields} tell: who set which field last, and when that
 * one last set any, to the second. Who removes a field leaves no trace. Status is left out. Pure.
 */
public final class FieldManagers {

  /**
   * Who wrote.
   *
   * @param time when that one last set a field, as Kubernetes writes it: later ones sort behind
   */
  public record ForeignWriter(String manager, String time) {}

  private static final String NEVER = "";

  private final List<JsonNode> berths;
  private final List<JsonNode> others;

  private FieldManagers(List<JsonNode> berths, List<JsonNode> others) {
    this.berths = berths;
    this.others = others;
  }

  public static FieldManagers of(Live live) {
    List<JsonNode> entries =
        StreamSupport.stream(live.json().at("/metadata/managedFields").spliterator(), false)
            .filter(entry -> entry.path("subresource").asText().isEmpty())
            .toList();
    Predicate<JsonNode> berths =
        entry -> entry.path("manager").asText().equals(ApiServer.FIELD_MANAGER);
    return new FieldManagers(
        entries.stream().filter(berths).toList(),
        entries.stream().filter(berths.negate()).toList());
  }

  /** When Berth last set a field; empty = never. */
  public String written() {
    return times(berths);
  }

  /** Which fields Berth set last, in words that are the same as long as these are. */
  public String fields() {
    StringBuilder all = new StringBuilder();
    berths.forEach(entry -> all.append(entry.path("fieldsV1")));
    return all.toString();
  }

  /**
   * The latest of the others that set any of these fields.
   *
   * @param places the fields as in the object; what their leaves are does not matter
   */
  public Optional<ForeignWriter> stranger(JsonNode places) {
    return others.stream()
        .filter(entry -> touches(entry.path("fieldsV1"), places))
        .map(
            entry -> new ForeignWriter(entry.path("manager").asText(), entry.path("time").asText()))
        .reduce((one, other) -> other.time().compareTo(one.time()) > 0 ? other : one);
  }

  /** Whether all of these fields are as Berth set them. */
  boolean areBerths(JsonNode places) {
    return covers(berths.stream().map(entry -> entry.path("fieldsV1")).toList(), places);
  }

  /** Whether Berth did not write these fields after everybody else. */
  public boolean isStrangerLast(JsonNode places) {
    return stranger(places).filter(author -> author.time().compareTo(written()) >= 0).isPresent();
  }

  private static String times(List<JsonNode> entries) {
    return entries.stream()
        .map(entry -> entry.path("time").asText())
        .max(String::compareTo)
        .orElse(NEVER);
  }

  private static boolean covers(List<JsonNode> fields, JsonNode places) {
    for (Map.Entry<String, JsonNode> place : places.properties()) {
      List<JsonNode> owned =
          fields.stream()
              .map(f -> f.path("f:" + place.getKey()))
              .filter(JsonNode::isObject)
              .toList();
      boolean leaf = owned.stream().anyMatch(JsonNode::isEmpty) || !place.getValue().isObject();
      if (owned.isEmpty() || !(leaf || covers(owned, place.getValue()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean touches(JsonNode fields, JsonNode places) {
    for (Map.Entry<String, JsonNode> place : places.properties()) {
      JsonNode owned = fields.path("f:" + place.getKey());
      boolean leaf = owned.isEmpty() || !place.getValue().isObject();
      if (owned.isObject() && (leaf || touches(owned, place.getValue()))) {
        return true;
      }
    }
    return false;
  }
}
