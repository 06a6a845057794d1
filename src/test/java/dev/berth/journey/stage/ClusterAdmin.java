package dev.berth.journey.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.Parts;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A person of the platform team with an administrator's rights, who broke the glass. */
public final class ClusterAdmin {

  public static final String NAMESPACES = "/api/v1/namespaces/";
  private static final String BINDINGS =
      "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings";

  private final KubernetesClient client = as("platform", "system:masters", "berth:break-glass");
  private final Deque<Fault> faults = new ArrayDeque<>();

  /** What the API server answered. */
  public record Answer(int code, String message) {}

  static KubernetesClient as(String user, String... groups) {
    Config config = Config.fromKubeconfig(Parts.cluster().kubeconfig().toFile());
    config.setImpersonateUsername(user);
    config.setImpersonateGroups(groups);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  public Optional<JsonNode> find(String path) {
    return Optional.ofNullable(client.raw(path)).map(Stage::json);
  }

  public JsonNode get(String path) {
    return find(path).orElseThrow(() -> new AssertionError(path + " is not there"));
  }

  public JsonNode namespace(String name) {
    return get(NAMESPACES + name);
  }

  public boolean hasNamespace(String name) {
    return find(NAMESPACES + name).isPresent();
  }

  public String uid(String namespace) {
    return namespace(namespace).at("/metadata/uid").asText();
  }

  public boolean isTerminating(String namespace) {
    return namespace(namespace).at("/metadata").has("deletionTimestamp");
  }

  /** Whom the RoleBinding lets in; nobody where there is none. */
  public List<String> subjects(String namespace, String binding) {
    return find(BINDINGS.formatted(namespace) + "/" + binding)
        .map(live -> live.path("subjects").findValuesAsText("name"))
        .orElse(List.of());
  }

  /**
   * Waits until these alone are let in. Also where the tenant is ready already: a pod that was
   * tried before a mended policy was in force closes it once more.
   */
  public void awaitOwners(String tenant, String... owners) {
    Stage.eventually()
        .untilAsserted(
            () -> assertThat(subjects("tenant-" + tenant, "berth-owner")).containsExactly(owners));
  }

  /** By whatever binding, in all namespaces that carry the tenant's label. */
  public List<String> subjectsOf(String tenant) {
    return namespacesOf(tenant)
        .map(namespace -> get(BINDINGS.formatted(namespace)).path("items"))
        .flatMap(items -> items.findValues("subjects").stream())
        .flatMap(subjects -> subjects.findValuesAsText("name").stream())
        .toList();
  }

  /** Those that carry the tenant's label. */
  public Stream<String> namespacesOf(String tenant) {
    return get("/api/v1/namespaces?labelSelector=berth.dev/tenant=" + tenant)
        .path("items")
        .findValues("metadata")
        .stream()
        .map(metadata -> metadata.path("name").asText());
  }

  public JsonNode creates(String collection, String object) {
    return Stage.json(client.raw(collection, "POST", Stage.quoted(object)));
  }

  public void deletes(String path) {
    client.raw(path, "DELETE", "{}");
  }

  /** As a kubelet that tells that the pod has ended. */
  public void ends(String pod) {
    client.raw(pod, "DELETE", Stage.quoted("{'gracePeriodSeconds': 0}"));
  }

  public JsonNode changes(String path, Consumer<ObjectNode> change) {
    return Stage.eventually()
        .ignoreException(KubernetesClientException.class)
        .until(
            () -> {
              ObjectNode object = (ObjectNode) get(path.replaceFirst("/status$", ""));
              change.accept(object);
              return Stage.json(client.raw(path, "PUT", object.toString()));
            },
            answered -> true);
  }

  /** Removes the object until the fault is mended. */
  public Fault loses(String path) {
    ObjectNode lost = get(path).deepCopy();
    deletes(path);
    lost.withObject("/metadata").remove("resourceVersion");
    lost.withObject("/metadata").remove("uid");
    String collection = path.substring(0, path.lastIndexOf('/'));
    return remembered(() -> client.raw(collection, "POST", lost.toString()));
  }

  /** Changes the object until the fault is mended. */
  public Fault alters(String path, Consumer<ObjectNode> change) {
    ObjectNode before = get(path.replaceFirst("/status$", "")).deepCopy();
    changes(path, change);
    return remembered(() ->
        changes(
            path,
            object -> {
              for (String part : List.of("spec", "status")) {
                if (before.has(part)) {
                  object.set(part, before.get(part));
                }
              }
            }));
  }

  /** All nodes for sandboxes have so much memory together: one of them has it, the others none. */
  public List<Fault> limitsMemory(long bytes) {
    List<String> nodes =
        get("/api/v1/nodes").path("items").findValues("metadata").stream()
            .map(node -> "/api/v1/nodes/" + node.path("name").asText() + "/status")
            .toList();
    return nodes.stream()
        .map(node -> {
          long memory = node.equals(nodes.getFirst()) ? bytes : 0;
          return alters(node, object -> setMemory(object, memory));
        })
        .toList();
  }

  private static void setMemory(ObjectNode node, long bytes) {
    node.withObject("/status/allocatable").put("memory", Long.toString(bytes));
    node.withObject("/status/capacity").put("memory", Long.toString(bytes));
  }

  /** Holds a namespace's deletion up, as an object that is slow to go does. */
  public Fault holds(String namespace) {
    String configMaps = NAMESPACES + namespace + "/configmaps";
    creates(configMaps, "{'metadata': {'name': 'slow', 'finalizers': ['example.com/slow']}}");
    return remembered(() ->
        changes(configMaps + "/slow", slow -> slow.withObject("/metadata").remove("finalizers")));
  }

  public Fault brings(String collection, String object) {
    JsonNode made = creates(collection, object);
    String path = collection + "/" + made.at("/metadata/name").asText();
    return remembered(() -> deletes(path));
  }

  public void mendEverything() {
    while (!faults.isEmpty()) {
      faults.peekLast().mend();
    }
  }

  /** A pod that a member of the group would start, checked by the API server and not started. */
  public static Answer tries(String group, String namespace, String runtimeClass) {
    try (KubernetesClient member = as("somebody", group)) {
      member.raw(
          NAMESPACES + namespace + "/pods?dryRun=All",
          "POST",
          Stage.quoted(pod("p", runtimeClass)));
      return new Answer(201, "");
    } catch (KubernetesClientException e) {
      assertThat(e.getStatus()).as(e.toString()).isNotNull();
      return new Answer(e.getCode(), e.getStatus().getMessage());
    }
  }

  /** One that keeps every rule but that of the sandbox, where the class is another one. */
  public static String pod(String name, String runtimeClass) {
    return """
    {'metadata': {'name': '%s'},
     'spec': {'runtimeClassName': '%s',
              'securityContext': {'runAsNonRoot': true, 'seccompProfile': {'type': 'RuntimeDefault'}},
              'containers': [{'name': 'c', 'image': 'i',
                              'securityContext': {'allowPrivilegeEscalation': false,
                                                  'capabilities': {'drop': ['ALL']}}}]}}\
    """
        .formatted(name, runtimeClass);
  }

  private Fault remembered(Runnable repair) {
    Fault fault =
        new Fault() {
          @Override
          public void mend() {
            if (faults.remove(this)) {
              repair.run();
            }
          }
        };
    faults.add(fault);
    return fault;
  }
}
