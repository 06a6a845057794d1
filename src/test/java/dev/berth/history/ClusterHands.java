package dev.berth.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Takes objects of the cluster away and brings them back as they were. */
final class ClusterHands {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final KubernetesClient administrator;
  private final Map<String, ObjectNode> whole = new LinkedHashMap<>();

  ClusterHands(KubernetesClient administrator) {
    this.administrator = administrator;
  }

  List<String> names(String collection) {
    List<String> names = new ArrayList<>();
    read(collection).path("items").forEach(item -> names.add(item.at("/metadata/name").asText()));
    return names;
  }

  /** Remembers the object as it is to be, the first time. */
  private void remember(String path) {
    whole.computeIfAbsent(path, p -> (ObjectNode) read(p));
  }

  void lose(String path) {
    remember(path);
    delete(path);
  }

  void alter(String path, Consumer<ObjectNode> change) {
    remember(path);
    put(path, change);
  }

  /** Another object of the same name takes its place. */
  void replace(String path, Consumer<ObjectNode> change) {
    lose(path);
    ObjectNode other = whole.get(path).deepCopy();
    change.accept(other);
    post(path, other);
  }

  void bring(String path, String object) {
    ObjectNode made = (ObjectNode) parse(object.replace('\'', '"'));
    delete(path);
    post(path, made);
    whole.put(path, made);
  }

  /** As it was before anybody touched it. */
  void restore(String path) {
    ObjectNode was = whole.get(path);
    if (was == null) {
      return;
    }
    String live = administrator.raw(path);
    if (live != null && parse(live).path("handler").equals(was.path("handler"))) {
      put(path, object -> object.set("spec", was.path("spec")));
      return;
    }
    delete(path);
    post(path, was);
    if (path.startsWith("/api/v1/nodes/")) {
      // Admission taints every new node, and no controller takes that back.
      put(path, node -> node.withObject("/spec").remove("taints"));
    }
  }

  void delete(String path) {
    try {
      administrator.raw(path, "DELETE", "{}");
    } catch (KubernetesClientException gone) {
      if (gone.getCode() != 404) {
        throw gone;
      }
    }
  }

  private void post(String path, ObjectNode object) {
    ObjectNode made = object.deepCopy();
    made.withObject("/metadata").remove(List.of("resourceVersion", "uid", "managedFields"));
    administrator.raw(path.substring(0, path.lastIndexOf('/')), "POST", made.toString());
  }

  private void put(String path, Consumer<ObjectNode> change) {
    for (int attempt = 0; ; attempt++) {
      ObjectNode object = (ObjectNode) read(path);
      change.accept(object);
      if (object.path("spec").isMissingNode()) {
        object.remove("spec");
      }
      try {
        administrator.raw(path, "PUT", object.toString());
        return;
      } catch (KubernetesClientException conflict) {
        if (conflict.getCode() != 409 || attempt == 10) {
          throw conflict;
        }
      }
    }
  }

  private JsonNode read(String path) {
    String live = administrator.raw(path);
    if (live == null) {
      throw new IllegalStateException(path + " is not there");
    }
    return parse(live);
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
