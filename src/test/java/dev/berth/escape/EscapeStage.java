package dev.berth.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.escape.generator.Documents;
import dev.berth.escape.generator.Schemas;
import dev.berth.escape.generator.Target;
import dev.berth.escape.generator.Tenancy;
import dev.berth.escape.judge.PodObject;
import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;
import dev.berth.local.Parts;
import dev.berth.local.cluster.LocalCluster;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Tenants' namespaces as Berth makes them, from the manifests that its tests hold it to. */
final class EscapeStage implements AutoCloseable {
  private static final Path MANIFESTS =
      Path.of("src/test/resources/plans/first-onboarding/out-manifests.yaml");
  private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1/";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String PRIORITIES = "/apis/scheduling.k8s.io/v1/priorityclasses";
  private static final List<String> PRIORITY_CLASSES = List.of("escape-listed", "escape-unlisted");

  private final String tenant;
  private final LocalCluster cluster = Parts.cluster();
  private final Caller berth =
      new Caller(Config.fromKubeconfig(cluster.berthKubeconfig().toFile()));

  /** An administrator who broke the glass: no policy stops this one. */
  final Caller platform = as("platform", "system:masters", "berth:break-glass");

  /** With every safe default. */
  Tenancy plain;

  /** By the lower standard, and with a little of all that a plan can give. */
  Tenancy lenient;

  EscapeStage(String tenant) {
    this.tenant = tenant;
  }

  void open() {
    for (String name : PRIORITY_CLASSES) {
      platform.post(PRIORITIES, "{'metadata': {'name': '%s'}, 'value': 10}".formatted(name));
    }
    String other = tenant + "-lenient";
    manifests(tenant).forEach(this::apply);
    manifests(other).peek(EscapeStage::giveMore).forEach(this::apply);
    Stream.of(tenant, other).forEach(this::letOwnersDebug);
    plain =
        new Tenancy(
            "tenant-" + tenant,
            true,
            Set.of(),
            Set.of(),
            600,
            true,
            Set.of(),
            Set.of(),
            Set.of(),
            quota("tenant-" + tenant));
    lenient =
        new Tenancy(
            "tenant-" + other,
            false,
            Set.of("escape-listed"),
            Set.of("fast"),
            1200,
            false,
            Set.of("example.com/fpga"),
            Set.of("external-dns.alpha.kubernetes.io/hostname"),
            Set.of("loadBalancerIP"),
            quota("tenant-" + other));
  }

  /** Makes one that is really there, and gives it as the owner reads it. */
  JsonNode standing(Target target, Tenancy tenancy) {
    String collection = target.path(tenancy.namespace());
    ObjectNode object = target.harmless(Documents.resource("objects.yaml"));
    object.withObject("/metadata").put("name", "standing");
    if (target == Target.POD) {
      object
          .withObject("/spec")
          .withArray("schedulingGates")
          .addObject()
          .put("name", "example.com/wait");
    }
    Caller owner = actor("");
    await(collection)
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          Reply reply = owner.post(collection, object.toString());
          assertThat(reply.code()).as(reply.message()).isIn(201, 409);
        });
    ObjectNode standing = (ObjectNode) owner.get(collection + "/standing").body();
    ((ObjectNode) standing.get("metadata")).remove(List.of("resourceVersion", "managedFields"));
    standing.remove("status");
    return standing;
  }

  /** A controller of the cluster by its name, or for no name the owner. */
  Caller actor(String controller) {
    return controller.isEmpty()
        ? as("somebody", "5b1c-object-id", "system:authenticated")
        : as("system:serviceaccount:kube-system:" + controller);
  }

  Schemas schemas() {
    return new Schemas(
        Stream.of("api/v1", "apis/apps/v1", "apis/batch/v1")
            .map(group -> platform.get("/openapi/v3/" + group).body())
            .toList());
  }

  /** What denies something that the attempts are made of. */
  List<String> guards() {
    return Stream.concat(bindings(), BUILT_IN.stream()).toList();
  }

  private Stream<String> bindings() {
    return PodObject.items(
            platform.get(ADMISSION + "validatingadmissionpolicybindings").body().path("items"))
        .filter(binding -> binding.at("/spec/validationActions").toString().contains("Deny"))
        .map(binding -> binding.at("/metadata/name").asText())
        .filter(name -> name.startsWith("berth-"))
        .filter(this::concernsAttempts);
  }

  private boolean concernsAttempts(String binding) {
    String path = ADMISSION + "validatingadmissionpolicies/" + binding;
    List<String> resources =
        PodObject.items(platform.get(path).body().at("/spec/matchConstraints/resourceRules"))
            .flatMap(rule -> PodObject.items(rule.path("resources")))
            .map(JsonNode::asText)
            .toList();
    return Stream.of("pods", "services", "persistentvolumeclaims", "daemonsets")
        .anyMatch(resources::contains);
  }

  /** What the API server itself does by objects of Berth. */
  static final List<String> BUILT_IN = List.of("limit range", "pod security", "quota");

  /** A policy of Berth by its name, or what is built in. Gives what puts it back. */
  Runnable remove(String guard) {
    if (!BUILT_IN.contains(guard)) {
      return remove(ADMISSION + "validatingadmissionpolicybindings", guard);
    }
    List<Runnable> back =
        Stream.of(plain, lenient)
            .map(Tenancy::namespace)
            .map("/api/v1/namespaces/"::concat)
            .map(namespace ->
                switch (guard) {
                  case "limit range" -> remove(namespace + "/limitranges", "berth");
                  case "quota" -> remove(namespace + "/resourcequotas", "berth");
                  default -> relax(namespace);
                })
            .toList();
    return () -> back.forEach(Runnable::run);
  }

  private Runnable relax(String namespace) {
    String label = "pod-security.kubernetes.io/enforce";
    String level = platform.get(namespace).body().at("/metadata/labels").path(label).asText();
    enforce(namespace, label, "privileged");
    return () -> enforce(namespace, label, level);
  }

  private void enforce(String namespace, String label, String level) {
    String patch = "{'metadata': {'labels': {'%s': '%s'}}}".formatted(label, level);
    assertThat(platform.merge(namespace, patch).code()).isEqualTo(200);
  }

  /** What sets fields for tenants: what holds must hold without it. Gives what puts it back. */
  Runnable removeComfort() {
    String bindings = ADMISSION + "mutatingadmissionpolicybindings";
    List<Runnable> back =
        PodObject.items(platform.get(bindings).body().path("items"))
            .map(binding -> remove(bindings, binding.at("/metadata/name").asText()))
            .toList();
    return () -> back.forEach(Runnable::run);
  }

  private Runnable remove(String collection, String name) {
    String path = collection + "/" + name;
    ObjectNode object = (ObjectNode) platform.get(path).body();
    object.withObject("/metadata").retain("name", "labels", "annotations");
    object.remove("status");
    assertThat(platform.delete(path).code()).isEqualTo(200);
    return () -> assertThat(platform.post(collection, object.toString()).code()).isEqualTo(201);
  }

  private void letOwnersDebug(String name) {
    apply(
        Documents.all(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: berth-debug, namespace: tenant-%s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: berth-tenant-debug}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: 5b1c-object-id}]
                """
                    .formatted(name))
            .getFirst());
  }

  private static Stream<JsonNode> manifests(String tenant) {
    return Documents.all(Documents.text(MANIFESTS).replace("acme", tenant)).stream();
  }

  private static void giveMore(JsonNode manifest) {
    switch (manifest.path("kind").asText()) {
      case "Namespace" -> {
        ObjectNode metadata = (ObjectNode) manifest.path("metadata");
        metadata.withObject("/labels").put("pod-security.kubernetes.io/enforce", "baseline");
        metadata
            .withObject("/annotations")
            .put("berth.dev/priority-classes", "escape-listed")
            .put("berth.dev/storage-classes", "fast")
            .put("berth.dev/termination-grace", "1200")
            .put("berth.dev/image-pull", "Any")
            .put("berth.dev/resources", "example.com/fpga")
            .put("berth.dev/service-annotations", "external-dns.alpha.kubernetes.io/hostname")
            .put("berth.dev/service-fields", "loadBalancerIP");
      }
      case "ResourceQuota" ->
          ((ObjectNode) manifest.at("/spec/hard")).put("requests.example.com/fpga", "2");
      default -> {}
    }
  }

  private void apply(JsonNode manifest) {
    String kind = manifest.path("kind").asText();
    String group =
        switch (kind) {
          case "NetworkPolicy", "RoleBinding" -> "/apis/" + manifest.path("apiVersion").asText();
          default -> "/api/v1";
        };
    String name = manifest.at("/metadata/name").asText();
    String place = kind.equals("Namespace") ? "" : manifest.at("/metadata/namespace").asText();
    String path =
        "%s/namespaces/%s".formatted(group, place)
            + (place.isEmpty() ? name : "/%s/%s".formatted(plural(kind), name));
    await(path)
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          Reply reply =
              berth.send(
                  "PATCH",
                  path + "?fieldManager=berth&force=true",
                  "application/apply-patch+yaml",
                  manifest.toString());
          assertThat(reply.code()).as(reply.message()).isIn(200, 201);
        });
  }

  private static String plural(String kind) {
    return kind.toLowerCase(java.util.Locale.ROOT).replaceAll("y$", "ie") + "s";
  }

  private JsonNode quota(String namespace) {
    String path = "/api/v1/namespaces/%s/resourcequotas/berth".formatted(namespace);
    await(path)
        .atMost(PATIENCE)
        .until(() -> platform.get(path).body().at("/status/hard").size() > 0);
    return platform.get(path).body().at("/status/hard");
  }

  @Override
  public void close() {
    manifests(tenant).forEach(this::end);
    manifests(tenant + "-lenient").forEach(this::end);
    PRIORITY_CLASSES.forEach(name -> platform.delete(PRIORITIES + "/" + name));
  }

  private void end(JsonNode manifest) {
    if (manifest.path("kind").asText().equals("Namespace")) {
      berth.delete("/api/v1/namespaces/" + manifest.at("/metadata/name").asText());
    }
  }

  private Caller as(String user, String... groups) {
    Config config = Config.fromKubeconfig(cluster.kubeconfig().toFile());
    config.setImpersonateUsername(user);
    config.setImpersonateGroups(groups);
    config.setRequestRetryBackoffLimit(0);
    return new Caller(config);
  }
}
