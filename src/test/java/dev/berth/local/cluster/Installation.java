package dev.berth.local.cluster;

import dev.berth.local.process.Texts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Applies the rights and rules that {@code k8s/} gives a real installation. Workloads are left out:
 * nothing would run them here.
 */
final class Installation {
  // In the order in which they need each other; a kind that is not named here is a workload or its
  // configuration.
  private static final List<String> KINDS =
      List.of(
          "Namespace",
          "ServiceAccount",
          "RuntimeClass",
          "PriorityClass",
          "ClusterRole",
          "Role",
          "ClusterRoleBinding",
          "RoleBinding",
          "ValidatingAdmissionPolicy",
          "MutatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding",
          "MutatingAdmissionPolicyBinding");

  private static final List<String> FOLDERS = List.of("base", "policies", "deployment");

  private final KubernetesClient administrator;

  Installation(KubernetesClient administrator) {
    this.administrator = administrator;
  }

  static Path folder() {
    return Path.of(System.getProperty("basedir", "")).resolve("k8s").toAbsolutePath();
  }

  void apply(Path folder) {
    apply(folder, FOLDERS);
  }

  /** Some of its folders only. */
  void apply(Path folder, List<String> folders) {
    Set<String> leftOut = servesMutatingPolicies() ? Set.of() : deletedBefore136(folder);
    folders.stream()
        .flatMap(it -> documents(folder.resolve(it)).stream())
        .filter(document -> KINDS.contains(document.getKind()))
        .filter(document -> !leftOut.contains(named(document)))
        .sorted(Comparator.comparing(document -> KINDS.indexOf(document.getKind())))
        .forEach(this::apply);
  }

  private boolean servesMutatingPolicies() {
    return administrator.getApiResources("admissionregistration.k8s.io/v1").getResources().stream()
        .anyMatch(resource -> resource.getKind().equals("MutatingAdmissionPolicy"));
  }

  /** What the overlay for such clusters takes out of k8s/. */
  private static Set<String> deletedBefore136(Path folder) {
    Path overlay = folder.resolve("before-1.36").resolve("kustomization.yaml");
    return Texts.read(overlay).map(Installation::deleted).orElse(Set.of());
  }

  private static Set<String> deleted(String kustomization) {
    List<?> patches = (List<?>) Serialization.unmarshal(kustomization, Map.class).get("patches");
    return patches.stream()
        .map(patch -> (String) ((Map<?, ?>) patch).get("patch"))
        .map(patch -> Serialization.unmarshal(patch, GenericKubernetesResource.class))
        .filter(patch -> "delete".equals(patch.getAdditionalProperties().get("$patch")))
        .map(Installation::named)
        .collect(Collectors.toSet());
  }

  private static String named(GenericKubernetesResource document) {
    return document.getKind() + " " + document.getMetadata().getName();
  }

  private void apply(GenericKubernetesResource document) {
    try {
      administrator
          .resource(document)
          .fieldManager("berth-install")
          .forceConflicts()
          .serverSideApply();
    } catch (KubernetesClientException e) {
      throw new IllegalStateException(
          "%s %s of k8s/ is refused: %s"
              .formatted(document.getKind(), document.getMetadata().getName(), e.getMessage()),
          e);
    }
  }

  /** Untyped, because typed models drop what they do not know and every empty list. */
  private static List<GenericKubernetesResource> documents(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .sorted()
          .flatMap(file -> split(Texts.read(file).orElseThrow()).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<GenericKubernetesResource> split(String documents) {
    return Stream.of(documents.split("(?m)^---\\s*$"))
        .filter(document -> document.lines().anyMatch(line -> line.startsWith("kind:")))
        .map(document -> Serialization.unmarshal(document, GenericKubernetesResource.class))
        .toList();
  }
}
