package dev.berth.kubernetes.policy;

import dev.berth.plan.ClusterAdmission.PolicyFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The policies and bindings that Berth was built with, as the mark for those of a cluster.
 *
 * @param before fingerprints of what the release before shipped, by kind and name: it may still
 *     stand for as long as an upgrade lasts
 */
public record ShippedPolicies(List<PolicyObject> objects, Map<String, String> before) {

  private static final String FOLDER = "/k8s/policies/";
  private static final String BEFORE = "/k8s/policies-before.txt";

  /** It is no policy, but the class that pods are tried in. */
  private static final String PROBE = "berth-probe.yaml";

  public ShippedPolicies {
    objects = List.copyOf(objects);
    before = Map.copyOf(before);
  }

  public static ShippedPolicies load() {
    return new ShippedPolicies(
        files().flatMap(file -> read(text(FOLDER + file)).stream()).toList(), fingerprints());
  }

  /**
   * What is wrong with the live objects. An upgrade is under way while one that this release
   * changed is still as before: then what it adds may be absent. Once none is, the upgrade is over,
   * and what is absent was taken away.
   *
   * @param defaults whether the cluster serves mutating policies; where it does, they are required
   */
  public List<PolicyFault> faults(Collection<PolicyObject> live, boolean defaults) {
    List<PolicyObject> required =
        objects.stream().filter(shipped -> defaults || !shipped.isMutating()).toList();
    boolean underWay =
        required.stream()
            .anyMatch(
                shipped -> match(shipped, live).filter(o -> isOutdated(shipped, o)).isPresent());
    return required.stream()
        .flatMap(shipped -> fault(shipped, match(shipped, live), underWay).stream())
        .toList();
  }

  private Optional<PolicyFault> fault(
      PolicyObject shipped, Optional<PolicyObject> live, boolean underWay) {
    String name = shipped.toString();
    if (live.isEmpty()) {
      return Optional.of(
          underWay && !before.containsKey(name)
              ? PolicyFault.outdated(name)
              : new PolicyFault(name, null, shipped.guards()));
    }
    return PolicyDifference.between(shipped, live.get())
        .map(difference ->
            isOutdated(shipped, live.get())
                ? PolicyFault.outdated(name)
                : new PolicyFault(name, difference, shipped.guards()));
  }

  /** Whether it is as the release before shipped it, and this one ships something else. */
  private boolean isOutdated(PolicyObject shipped, PolicyObject live) {
    return PolicyFingerprint.of(live).equals(before.get(shipped.toString()))
        && PolicyDifference.between(shipped, live).isPresent();
  }

  private static Optional<PolicyObject> match(PolicyObject shipped, Collection<PolicyObject> live) {
    return live.stream().filter(shipped::isSameObject).findFirst();
  }

  /** What kubectl applies, in its order. */
  private static Stream<String> files() {
    Object kustomization = yaml().loadFromString(text(FOLDER + "kustomization.yaml"));
    if (kustomization instanceof Map<?, ?> fields
        && fields.get("resources") instanceof List<?> files) {
      return files.stream().map(Object::toString).filter(file -> !file.equals(PROBE));
    }
    throw new IllegalStateException("the kustomization of this build of Berth names no policies");
  }

  static List<PolicyObject> read(String yaml) {
    List<PolicyObject> objects = new ArrayList<>();
    yaml().loadAllFromString(yaml).forEach(document -> objects.add(object((Map<?, ?>) document)));
    return objects;
  }

  private static Map<String, String> fingerprints() {
    return text(BEFORE)
        .lines()
        .map(line -> line.split(" ", 2))
        .collect(Collectors.toMap(words -> words[1], words -> words[0]));
  }

  private static Load yaml() {
    return new Load(LoadSettings.builder().build());
  }

  private static String text(String resource) {
    try (InputStream text = ShippedPolicies.class.getResourceAsStream(resource)) {
      if (text == null) {
        throw new IllegalStateException("this build of Berth lacks " + resource);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
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
          metadata.get("annotations") instanceof Map<?, ?> annotations
              ? String.valueOf(annotations.get("berth.dev/role"))
              : "",
          Map.of("spec", spec));
    }
    throw new IllegalStateException("not a policy that Berth could compare: " + document);
  }
}
