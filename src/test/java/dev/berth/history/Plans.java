package dev.berth.history;

import dev.berth.history.judge.evidence.Terms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The catalogue of the histories, in a directory of its own, in which one plan comes and goes. */
final class Plans {
  static final String WITHDRAWABLE = "late";

  private static final Map<String, Terms> TERMS =
      Map.of(
          "small",
          new Terms(true, true, false, List.of("")),
          "pair",
          new Terms(true, true, true, List.of("", "jobs")),
          "wide",
          new Terms(true, true, false, List.of("", "data", "jobs")),
          "patient",
          new Terms(true, false, false, List.of("")),
          "common",
          new Terms(false, true, false, List.of("")),
          WITHDRAWABLE,
          new Terms(true, true, true, List.of("", "jobs")));

  private final Path folder;

  Plans(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TERMS.keySet().forEach(this::release);
  }

  static Map<String, Terms> terms() {
    return new TreeMap<>(TERMS);
  }

  String folder() {
    return folder.toAbsolutePath().toString();
  }

  void release(String name) {
    try {
      Path written = Files.writeString(folder.resolve("." + name), yaml(name, TERMS.get(name)));
      Files.move(written, file(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void withdraw(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ".yaml");
  }

  private static String yaml(String name, Terms terms) {
    int parts = terms.namespaces().size();
    StringBuilder namespaces = new StringBuilder();
    for (String part : terms.namespaces()) {
      String share = part.isEmpty() ? (100 - 30 * (parts - 1)) + "%" : "30%";
      namespaces.append(
          part.isEmpty()
              ? "- {share: %s}\n".formatted(share)
              : "- {name: %s, share: %s}\n".formatted(part, share));
    }
    return """
    name: %s
    version: 1
    isolation: %s
    namespaces:
    %ssandbox: {memory: 128Mi, cpu: 100m, count: {default: 4, min: 3, max: 9}}
    storage: {capacity: 10Gi, claims: 2}
    objects: {deployments: 5, jobs: 20, configMaps: 20, secrets: 20, services: 5, loadBalancers: 0}
    network: {egress: internet, dns: true, betweenNamespaces: true, ingress: none, requireEngine: false}
    podSecurity: restricted
    access: {owner: berth-tenant-admin, viewer: berth-tenant-viewer, ephemeralContainers: %s}
    onGuaranteeLost: %s
    offboarding: {grace: 1d, deletion: Delete}
    """
        .formatted(
            name,
            terms.sandboxed() ? "sandboxed" : "shared",
            namespaces,
            terms.debug(),
            terms.closes() ? "close" : "degrade");
  }
}
