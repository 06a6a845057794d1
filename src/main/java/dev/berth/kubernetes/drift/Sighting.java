package dev.berth.kubernetes.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.object.FieldManagers;
import dev.berth.kubernetes.object.Ownership;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Resource.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of an object that was seen: digests of what Berth looks after in it, and of
 * what Berth wrote there. Pure.
 *
 * @param content digest of the fields that Berth looks after
 * @param written when Berth last set a field
 * @param fields how long the list of the fields is that Berth set last
 * @param strange whether somebody else set one of them last
 */
record Sighting(UUID content, String written, int fields, boolean strange, boolean leaving) {

  private static final Set<String> BESIDE = Set.of("apiVersion", "kind", "metadata", "status");

  static Sighting of(Kind kind, Live live) {
    ObjectNode content = content(kind, live);
    FieldManagers managers = FieldManagers.of(live);
    return new Sighting(
        digest(content.toString()),
        managers.written(),
        managers.fields().length(),
        managers.isStrangerLast(content),
        live.isTerminating());
  }

  /**
   * Whether others did something since it was last seen. A write of Berth sets a field, or takes
   * away what others set; what Berth had set disappears without a trace only if others removed it.
   * Of an object whose writers are not kept, as the default account's, any change may be theirs.
   *
   * @param before null = it was never seen
   */
  boolean isDriftAfter(@Nullable Sighting before) {
    if (before == null) {
      return strange;
    }
    if (leaving != before.leaving) {
      return true;
    }
    boolean removed = written.equals(before.written) && fields < before.fields;
    return !content.equals(before.content) && (strange || removed || written.isEmpty());
  }

  private static ObjectNode content(Kind kind, Live live) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    for (String field : List.of("labels", "annotations")) {
      ObjectNode ours = content.withObject("/metadata/" + field);
      for (Map.Entry<String, JsonNode> entry : live.json().at("/metadata/" + field).properties()) {
        if (Ownership.isOurs(live, entry.getKey())) {
          ours.set(entry.getKey(), entry.getValue());
        }
      }
    }
    switch (kind) {
      case Namespace -> {}
      case ServiceAccount ->
          content.set(
              "automountServiceAccountToken", live.json().path("automountServiceAccountToken"));
      case NetworkPolicy, ResourceQuota, LimitRange, RoleBinding ->
          live.json()
              .properties()
              .forEach(field -> {
                if (!BESIDE.contains(field.getKey())) {
                  content.set(field.getKey(), field.getValue());
                }
              });
    }
    return content;
  }

  private static UUID digest(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
