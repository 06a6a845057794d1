package dev.berth.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.installation.Caller;

/** The pod security labels of a namespace. */
final class Labels {
  private static final String PREFIX = "pod-security.kubernetes.io/";

  private Labels() {}

  /** Gives what puts them back. */
  static Runnable removePodSecurity(Caller platform, String namespace) {
    JsonNode labels = platform.get(namespace).body().at("/metadata/labels");
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    labels.properties().stream()
        .filter(label -> label.getKey().startsWith(PREFIX))
        .forEach(label -> none.putNull(label.getKey()));
    assertThat(none).isNotEmpty();
    patch(platform, namespace, none);
    return () -> patch(platform, namespace, labels);
  }

  private static void patch(Caller platform, String namespace, JsonNode labels) {
    String patch = "{'metadata': {'labels': %s}}".formatted(labels);
    assertThat(platform.merge(namespace, patch).code()).isEqualTo(200);
  }
}
