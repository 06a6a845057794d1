package dev.berth.local.cluster;

import dev.berth.local.process.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the programs of the control plane in four ways, in this order, and says what became of each
 * way.
 */
final class KubernetesBinaries {
  static final String VERSION = "1.36.3";
  static final String ETCD_VERSION = "3.6.16";
  static final List<String> PROGRAMS = List.of("etcd", "kube-apiserver", "kube-controller-manager");

  private final Map<String, String> environment;
  private final Path cache;
  private final Progress progress;

  KubernetesBinaries(Map<String, String> environment, Path cache, Progress progress) {
    this.environment = environment;
    this.cache = cache;
    this.progress = progress;
  }

  static KubernetesBinaries ofThisMachine(Progress progress) {
    return new KubernetesBinaries(
        System.getenv(), UserCache.directory("kubernetes").resolve(VERSION), progress);
  }

  /** A directory that holds all three programs. */
  Path find() {
    List<String> reasons = new ArrayList<>();
    return named(reasons::add)
        .or(() -> cached(reasons::add))
        .or(() -> new KubernetesDownload(cache, progress).obtain(reasons::add))
        .or(() -> new KubernetesBuild(cache, progress).obtain(reasons::add))
        .orElseThrow(() -> new IllegalStateException(nowhere(reasons)));
  }

  static List<String> missingIn(Path directory) {
    return PROGRAMS.stream()
        .filter(program -> !Files.isExecutable(directory.resolve(program)))
        .toList();
  }

  private Optional<Path> named(Consumer<String> passedOver) {
    String assets = environment.getOrDefault("KUBEBUILDER_ASSETS", "");
    if (assets.isBlank()) {
      passedOver.accept(
          "1. KUBEBUILDER_ASSETS is not set. Set it to a folder with " + PROGRAMS + ".");
      return Optional.empty();
    }
    List<String> missing = missingIn(Path.of(assets));
    if (missing.isEmpty()) {
      return Optional.of(Path.of(assets));
    }
    String reason = "1. KUBEBUILDER_ASSETS=%s lacks %s.".formatted(assets, missing);
    progress.say("Kubernetes: passed over: " + reason);
    passedOver.accept(reason);
    return Optional.empty();
  }

  private Optional<Path> cached(Consumer<String> passedOver) {
    if (missingIn(cache).isEmpty()) {
      return Optional.of(cache);
    }
    passedOver.accept("2. The cache %s does not hold them yet.".formatted(cache));
    return Optional.empty();
  }

  private static String nowhere(List<String> reasons) {
    return "The programs of the Kubernetes control plane (%s, version %s) were found in none of four ways:%n  %s"
        .formatted(String.join(", ", PROGRAMS), VERSION, String.join("\n  ", reasons));
  }
}
