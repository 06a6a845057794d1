package dev.berth.local.cluster;

import static org.awaitility.Awaitility.await;

import dev.berth.local.process.ChildProcess;
import dev.berth.local.process.Ports;
import dev.berth.local.process.Progress;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;

/**
 * A real etcd, kube-apiserver and kube-controller-manager on 127.0.0.1. There is no kubelet: pods
 * stay Pending.
 */
public final class LocalControlPlane implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("kube-controller-manager", "kube-apiserver", "etcd");
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Path dir;
  private final ControlPlaneFiles files;
  private final SequencedMap<String, ChildProcess> children = new LinkedHashMap<>();

  private final ControlPlaneCommands commands;
  private final Ports ports;
  private final int etcdPort;
  private final int apiPort;

  private LocalControlPlane(Path dir, Path binaries) {
    this.dir = dir.toAbsolutePath();
    this.files = new ControlPlaneFiles(this.dir);
    this.commands = new ControlPlaneCommands(binaries, this.dir, files);
    this.ports = Ports.rememberedIn(this.dir);
    this.etcdPort = ports.of("etcd");
    this.apiPort = ports.of("kube-apiserver");
  }

  public static LocalControlPlane start(Path dir, Progress progress) {
    return start(dir, List.of(), progress);
  }

  /**
   * @param apiServerFlags beside the usual ones
   */
  static LocalControlPlane start(Path dir, List<String> apiServerFlags, Progress progress) {
    Path binaries = KubernetesBinaries.ofThisMachine(progress).find();
    endLeftOver(dir.toAbsolutePath());
    LocalControlPlane controlPlane = new LocalControlPlane(dir, binaries);
    progress.say("Kubernetes: starting from %s (3 to 8 s)".formatted(binaries));
    try {
      controlPlane.start(apiServerFlags);
      return controlPlane;
    } catch (RuntimeException e) {
      Optional<String> obituary = controlPlane.obituary();
      controlPlane.close();
      throw new IllegalStateException(
          obituary.orElse(
              "The Kubernetes API server does not become ready; see the logs in " + dir),
          e);
    }
  }

  public static void endLeftOver(Path dir) {
    NAMES.forEach(name -> ChildProcess.endLeftOver(name, dir));
  }

  /** Of an administrator (group system:masters). */
  public Path kubeconfig() {
    return files.kubeconfig();
  }

  public Path auditLog() {
    return files.auditLog();
  }

  /** A client of the administrator; the caller closes it. */
  public KubernetesClient client() {
    return client(kubeconfig());
  }

  static KubernetesClient client(Path kubeconfig) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .build();
  }

  /** With other flags, on the same data. Returns before it is ready, which it may never be. */
  void restartApiServer(List<String> flags) {
    Optional.ofNullable(children.remove("kube-apiserver")).ifPresent(ChildProcess::close);
    launchApiServer(flags);
  }

  /** As a crash would: no goodbye from any of the three. They are gone when this returns. */
  public void kill() {
    children.values().forEach(ChildProcess::kill);
  }

  @Override
  public void close() {
    children.reversed().values().forEach(ChildProcess::close);
    children.clear();
  }

  private void start(List<String> apiServerFlags) {
    files.write();
    launch("etcd", commands.etcd(etcdPort, ports.of("etcd-peer")));
    launchApiServer(apiServerFlags);
    awaitAlive("the certificate of the API server", () -> Files.exists(files.servingCertificate()));
    files.writeKubeconfig(apiPort);
    launch(
        "kube-controller-manager", commands.controllerManager(ports.of("kube-controller-manager")));
    try (KubernetesClient client = client()) {
      awaitAlive("/readyz", () -> "ok".equals(client.raw("/readyz")));
      // The default ServiceAccount proves that the controllers work.
      awaitAlive(
          "the controllers",
          () -> client.serviceAccounts().inNamespace("default").withName("default").get() != null);
    }
  }

  private void launchApiServer(List<String> flags) {
    launch("kube-apiserver", commands.apiServer(etcdPort, apiPort, flags));
  }

  private void launch(String name, List<String> command) {
    children.put(name, ChildProcess.start(name, dir, command, Map.of()));
  }

  private void awaitAlive(String what, Callable<Boolean> condition) {
    await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .failFast(what, () -> obituary().isPresent())
        .ignoreExceptions()
        .until(condition);
  }

  private Optional<String> obituary() {
    return children.values().stream()
        .map(ChildProcess::obituary)
        .flatMap(Optional::stream)
        .findFirst();
  }
}
