package dev.berth.store.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.store.Json;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a tenant as JSON. A replica of another version may have written them: a reason
 * that is not known here is shown as {@link Reason#NewerVersion}, a condition of a type that is not
 * known here is not shown, and both stay as they are stored until something else is to be said.
 */
final class StoredConditions {

  private StoredConditions() {}

  static Conditions read(String json) {
    List<Condition> known = new ArrayList<>();
    JsonNode list = Json.tree(json);
    if (!list.isArray()) {
      throw new IllegalStateException("the conditions are not a list");
    }
    for (JsonNode stored : list) {
      read(stored).ifPresent(known::add);
    }
    return Conditions.of(known);
  }

  /**
   * What is stored by now, if it says the same; what is not changed stays as it is in any case.
   *
   * @param before what is stored by now, null = nothing
   */
  static String write(Conditions conditions, @Nullable String before) {
    return before == null ? Json.write(conditions.list()) : changed(conditions, before);
  }

  private static String changed(Conditions conditions, String before) {
    Set<Condition> left = new HashSet<>(conditions.list());
    JsonNode stored = Json.tree(before);
    ArrayNode written = Json.array();
    for (JsonNode each : stored) {
      Optional<Condition> meant = read(each);
      if (meant.isEmpty() || left.remove(meant.get())) {
        written.add(each);
      }
    }
    if (left.isEmpty() && written.equals(stored)) {
      return before;
    }
    conditions.list().stream().filter(left::contains).map(Json::tree).forEach(written::add);
    return Json.write(written);
  }

  /** Empty where the type is of a newer version. */
  private static Optional<Condition> read(JsonNode stored) {
    if (!stored.path("type").isTextual()) {
      throw new IllegalStateException("a condition has no type");
    }
    if (!isOf(ConditionType.values(), stored.path("type"))) {
      return Optional.empty();
    }
    if (isOf(Reason.values(), stored.path("reason"))) {
      return Optional.of(Json.read(stored, Condition.class));
    }
    ObjectNode readable = stored.deepCopy();
    readable.put("reason", Reason.NewerVersion.name());
    readable.put(
        "message", stored.path("reason").asText() + ": " + stored.path("message").asText());
    return Optional.of(Json.read(readable, Condition.class));
  }

  private static boolean isOf(Enum<?>[] known, JsonNode word) {
    return Arrays.stream(known).anyMatch(w -> Objects.equals(w.name(), word.asText()));
  }
}
