package dev.berth.attack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A pod that keeps every rule, and what is made of it. */
public final class Pods {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectNode HARMLESS =
      parse(
          """
          {'metadata': {'generateName': 'p-'},
           'spec': {'runtimeClassName': 'kata-vm-isolation',
                    'securityContext': {'runAsNonRoot': true, 'runAsUser': 1000,
                                        'seccompProfile': {'type': 'RuntimeDefault'}},
                    'containers': [{'name': 'c', 'image': 'i',
                                    'securityContext': {'allowPrivilegeEscalation': false,
                                                        'capabilities': {'drop': ['ALL']}}}]}}\
          """);

  private Pods() {}

  public static String harmless() {
    return HARMLESS.toString();
  }

  static String named(String name) {
    return changed("/metadata", "{'generateName': null, 'name': '%s'}".formatted(name)).toString();
  }

  public static String annotated(String key) {
    return changed("/metadata", "{'annotations': {'%s': 'x'}}".formatted(key)).toString();
  }

  public static String withSpec(String change) {
    return changed("/spec", change).toString();
  }

  public static String withContainer(String change) {
    return changed("/spec/containers/0", change).toString();
  }

  /** The class in JSON; {@code null} = none. */
  public static String specOfClass(String runtimeClass) {
    return changed("/spec", "{'runtimeClassName': %s}".formatted(runtimeClass))
        .at("/spec")
        .toString();
  }

  public static String ofClass(String runtimeClass) {
    return withSpec("{'runtimeClassName': %s}".formatted(runtimeClass));
  }

  private static ObjectNode changed(String pointer, String change) {
    ObjectNode pod = HARMLESS.deepCopy();
    merge((ObjectNode) pod.at(pointer), parse(change));
    return pod;
  }

  /** Objects are merged, everything else is replaced. */
  private static void merge(ObjectNode into, ObjectNode change) {
    change
        .properties()
        .forEach(field -> {
          if (field.getValue() instanceof ObjectNode more
              && into.get(field.getKey()) instanceof ObjectNode inner) {
            merge(inner, more);
          } else {
            into.set(field.getKey(), field.getValue());
          }
        });
  }

  private static ObjectNode parse(String text) {
    try {
      return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
