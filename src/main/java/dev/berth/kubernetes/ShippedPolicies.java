package dev.berth.kubernetes;

import dev.berth.plan.ClusterFacts.PolicyFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The policies and bindings that Berth was built with, as the mark for those of a cluster. */
record ShippedPolicies(List<PolicyObject> objects) {

  private static final String FOLDER = "/k8s/policies/";
  private static final List<String> FILES =
      List.of(
          "berth-annotations.yaml",
          "berth-limits.yaml",
          "berth-images.yaml",
          "berth-images-default.yaml",
          "berth-daemonsets.yaml",
          "berth-storage.yaml",
          "berth-sandbox.yaml",
          "berth-sandbox-default.yaml",
          "berth-namespace-guard.yaml",
          "berth-host-access.yaml",
          "berth-managed.yaml",
          "berth-placement.yaml",
          "berth-services.yaml",
          "berth-secrets.yaml",
          "berth-workload-warning.yaml",
          "berth-cronjob-warning.yaml",
          "berth-restraint.yaml");

  ShippedPolicies {
    objects = List.copyOf(objects);
  }

  static ShippedPolicies load() {
    return new ShippedPolicies(FILES.stream().flatMap(file -> read(file).stream()).toList());
  }

  /**
   * What is wrong with the live objects.
   *
   * @param defaults whether the cluster serves mutating policies; where it does, they are required
   */
  List<PolicyFault> faults(Collection<PolicyObject> live, boolean defaults) {
    return objects.stream()
        .filter(shipped -> defaults || !shipped.isMutating())
        .flatMap(shipped -> fault(shipped, live).stream())
        .toList();
  }

  private static Optional<PolicyFault> fault(PolicyObject shipped, Collection<PolicyObject> live) {
    Optional<PolicyObject> match = live.stream().filter(shipped::isSameObject).findFirst();
    return match.isEmpty()
        ? Optional.of(new PolicyFault(shipped.toString(), null, shipped.guards()))
        : PolicyDifference.between(shipped, match.get())
            .map(difference -> new PolicyFault(shipped.toString(), difference, shipped.guards()));
  }

  private static List<PolicyObject> read(String file) {
    try (InputStream yaml = ShippedPolicies.class.getResourceAsStream(FOLDER + file)) {
      if (yaml == null) {
        throw new IllegalStateException("this build of Berth lacks " + FOLDER + file);
      }
      List<PolicyObject> objects = new ArrayList<>();
      new Load(LoadSettings.builder().setLabel(file).build())
          .loadAllFromInputStream(yaml)
          .forEach(document -> objects.add(object((Map<?, ?>) document)));
      return objects;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PolicyObject object(Map<?, ?> document) {
    if (document.get("metadata") instanceof Map<?, ?> metadata
        && document.get("spec") instanceof Map<?, ?> spec) {
      return new PolicyObject(
          String.valueOf(document.get("kind")),
          String.valueOf(metadata.get("name")),
          Map.of("spec", spec));
    }
    throw new IllegalStateException("not a policy that Berth could compare: " + document);
  }
}
