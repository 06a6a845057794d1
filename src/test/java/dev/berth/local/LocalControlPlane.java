package dev.berth.local;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A real etcd, kube-apiserver and kube-controller-manager on 127.0.0.1. There is no kubelet: pods
 * stay Pending.
 */
public final class LocalControlPlane implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("kube-controller-manager", "kube-apiserver", "etcd");
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Path dir;
  private final ControlPlaneFiles files;
  private final List<ChildProcess> children = new ArrayList<>();

  private LocalControlPlane(Path dir) {
    this.dir = dir.toAbsolutePath();
    this.files = new ControlPlaneFiles(this.dir);
  }

  public static LocalControlPlane start(Path dir, Progress progress) {
    return start(dir, KubernetesBinaries.ofThisMachine(progress).find(), progress);
  }

  static LocalControlPlane start(Path dir, Path binaries, Progress progress) {
    LocalControlPlane controlPlane = new LocalControlPlane(dir);
    endLeftOver(controlPlane.dir);
    progress.say("Kubernetes: starting from %s (3 to 8 s)".formatted(binaries));
    try {
      controlPlane.start(binaries);
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

  static void endLeftOver(Path dir) {
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

  /** As a crash would: no goodbye from any of the three. */
  public void kill() {
    children.forEach(
        child -> ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly));
  }

  @Override
  public void close() {
    children.reversed().forEach(ChildProcess::close);
    children.clear();
  }

  private void start(Path binaries) {
    Ports ports = Ports.rememberedIn(dir);
    int etcd = ports.of("etcd");
    int api = ports.of("kube-apiserver");
    files.write();
    ControlPlaneCommands commands = new ControlPlaneCommands(binaries, dir, files);
    launch("etcd", commands.etcd(etcd, ports.of("etcd-peer")));
    launch("kube-apiserver", commands.apiServer(etcd, api));
    awaitAlive("the certificate of the API server", () -> Files.exists(files.servingCertificate()));
    files.writeKubeconfig(api);
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

  private void launch(String name, List<String> command) {
    children.add(ChildProcess.start(name, dir, command, Map.of()));
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
    return children.stream().map(ChildProcess::obituary).flatMap(Optional::stream).findFirst();
  }
}
