package dev.berth.history.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.history.judge.evidence.Sight;
import dev.berth.history.judge.evidence.Sight.Entry;
import dev.berth.history.judge.evidence.Sight.Place;
import dev.berth.history.judge.evidence.Sight.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the API server. */
public final class Eyes {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1/";
  private static final List<String> POLICY_KINDS =
      List.of("validatingadmissionpolicies", "validatingadmissionpolicybindings");
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";

  private final KubernetesClient client;
  private final Map<String, JsonNode> installed;

  /** Takes the policies that it finds as those that were installed. */
  public Eyes(KubernetesClient administrator) {
    this.client = administrator;
    this.installed = policies();
  }

  /** The policies and bindings that guard tenants, as {@code kind/name}. */
  public Set<String> guards() {
    return new TreeSet<>(installed.keySet());
  }

  Sight look(Instant at) {
    Map<String, List<Entry>> entries = entries();
    Map<String, List<String>> objects = new HashMap<>();
    present("/apis/networking.k8s.io/v1/networkpolicies", objects);
    present("/api/v1/limitranges", objects);
    quotas(objects);
    Map<String, Map<String, Pod>> pods = pods();
    Map<String, Place> places = new TreeMap<>();
    for (JsonNode namespace : items("/api/v1/namespaces")) {
      String name = name(namespace);
      if (name.startsWith("tenant-") && !name.startsWith("tenant-berth-canary")) {
        places.put(
            name,
            place(
                namespace,
                entries.getOrDefault(name, List.of()),
                objects.getOrDefault(name, List.of()),
                pods.getOrDefault(name, Map.of())));
      }
    }
    return new Sight(at, places, lost(), handlers());
  }

  private static Place place(
      JsonNode namespace, List<Entry> entries, List<String> present, Map<String, Pod> pods) {
    Map<String, String> labels = new TreeMap<>();
    namespace
        .at("/metadata/labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    List<String> missing =
        new ArrayList<>(
            List.of("networkpolicies/isolation", "limitranges/berth", "resourcequotas/berth"));
    missing.removeAll(present);
    String isolation = labels.getOrDefault("berth.dev/isolation", "");
    if (!isolation.equals("shared") && !isolation.equals("sandboxed")) {
      missing.add("label berth.dev/isolation");
    }
    if (isolation.equals("sandboxed") && !labels.containsKey("berth.dev/runtime-class")) {
      missing.add("label berth.dev/runtime-class");
    }
    if (!labels.getOrDefault("pod-security.kubernetes.io/enforce", "").equals("restricted")) {
      missing.add("label pod-security.kubernetes.io/enforce");
    }
    return new Place(
        name(namespace),
        namespace.at("/metadata/uid").asText(),
        namespace.at("/metadata").has("deletionTimestamp"),
        labels,
        entries,
        missing,
        pods);
  }

  private Map<String, Map<String, Pod>> pods() {
    Map<String, Map<String, Pod>> pods = new HashMap<>();
    for (JsonNode pod : items("/api/v1/pods")) {
      pods.computeIfAbsent(namespace(pod), n -> new TreeMap<>())
          .put(
              pod.at("/metadata/uid").asText(),
              new Pod(
                  name(pod),
                  pod.at("/spec/runtimeClassName").asText(),
                  pod.at("/metadata").has("deletionTimestamp")));
    }
    return pods;
  }

  private Map<String, List<Entry>> entries() {
    Map<String, List<Entry>> entries = new HashMap<>();
    for (JsonNode binding : items(RBAC + "rolebindings")) {
      for (JsonNode subject : binding.path("subjects")) {
        entries
            .computeIfAbsent(namespace(binding), n -> new ArrayList<>())
            .add(
                new Entry(
                    name(binding),
                    binding.at("/roleRef/name").asText(),
                    subject.path("name").asText()));
      }
    }
    return entries;
  }

  private void present(String path, Map<String, List<String>> objects) {
    String kind = path.substring(path.lastIndexOf('/') + 1);
    items(path).forEach(object -> add(object, kind, objects));
  }

  /** One counts once it binds. */
  private void quotas(Map<String, List<String>> objects) {
    for (JsonNode quota : items("/api/v1/resourcequotas")) {
      if (!quota.at("/spec/hard").isEmpty()
          && quota.at("/spec/hard").equals(quota.at("/status/hard"))) {
        add(quota, "resourcequotas", objects);
      }
    }
  }

  private static void add(JsonNode object, String kind, Map<String, List<String>> objects) {
    objects
        .computeIfAbsent(namespace(object), n -> new ArrayList<>())
        .add(kind + "/" + name(object));
  }

  private Set<String> lost() {
    Map<String, JsonNode> live = policies();
    Set<String> lost = new HashSet<>();
    installed.forEach((name, spec) -> {
      if (!spec.equals(live.get(name))) {
        lost.add(name);
      }
    });
    return lost;
  }

  private Map<String, JsonNode> policies() {
    Map<String, JsonNode> policies = new HashMap<>();
    for (String kind : POLICY_KINDS) {
      for (JsonNode policy : items(ADMISSION + kind)) {
        if (guardsTenants(name(policy))) {
          policies.put(kind + "/" + name(policy), policy.path("spec"));
        }
      }
    }
    return policies;
  }

  /** Not those that only warn, set a default, or restrain Berth itself. */
  private static boolean guardsTenants(String name) {
    return name.startsWith("berth-")
        && !name.contains("warning")
        && !name.contains("default")
        && !name.contains("restraint");
  }

  private Map<String, String> handlers() {
    Map<String, String> handlers = new HashMap<>();
    items("/apis/node.k8s.io/v1/runtimeclasses")
        .forEach(it -> handlers.put(name(it), it.path("handler").asText()));
    return handlers;
  }

  private Iterable<JsonNode> items(String path) {
    try {
      return JSON.readTree(client.raw(path)).path("items");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(path, e);
    }
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  private static String namespace(JsonNode object) {
    return object.at("/metadata/namespace").asText();
  }
}
