package dev.berth.local.cluster;

import dev.berth.local.Parts;
import dev.berth.local.process.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;

/**
 * A local control plane that looks like a cluster on which Berth was installed: Kata nodes and
 * their RuntimeClass, everything of {@code k8s/}, and credentials of Berth's own ServiceAccount.
 */
public final class LocalCluster implements AutoCloseable {
  private final Path kubeconfig;
  private final Path dir;
  private final List<AutoCloseable> owned;

  private LocalCluster(Path kubeconfig, Path dir, List<AutoCloseable> owned) {
    this.kubeconfig = kubeconfig;
    this.dir = dir.toAbsolutePath();
    this.owned = owned;
  }

  public static LocalCluster start(Path dir, Progress progress) {
    return start(dir, List.of(), progress);
  }

  /** One on which the Berth of another folder than {@code k8s/} was installed. */
  public static LocalCluster start(Path dir, Path manifests, Progress progress) {
    return start(dir, List.of(), manifests, progress);
  }

  /**
   * @param apiServerFlags beside the usual ones
   */
  public static LocalCluster start(Path dir, List<String> apiServerFlags, Progress progress) {
    return start(dir, apiServerFlags, Installation.folder(), progress);
  }

  private static LocalCluster start(
      Path dir, List<String> apiServerFlags, Path manifests, Progress progress) {
    LocalControlPlane controlPlane = LocalControlPlane.start(dir, apiServerFlags, progress);
    try (KubernetesClient administrator = controlPlane.client()) {
      progress.say("Kubernetes: installing nodes, RuntimeClasses and k8s/");
      new KataNodes(administrator).register();
      new Installation(administrator).apply(manifests);
      Path kubeconfig = controlPlane.kubeconfig();
      return new LocalCluster(
          kubeconfig,
          dir,
          List.of(BerthCredentials.keptIn(berthKubeconfig(dir), kubeconfig), controlPlane));
    } catch (RuntimeException e) {
      controlPlane.close();
      throw e;
    }
  }

  /**
   * The cluster of somebody's kubeconfig instead: gets k8s/ as any installation would, and no
   * nodes.
   */
  public static LocalCluster existing(Path kubeconfig, Path dir, Progress progress) {
    progress.say("Kubernetes: installing k8s/ on the cluster of %s".formatted(kubeconfig));
    try (KubernetesClient administrator = LocalControlPlane.client(kubeconfig)) {
      new Installation(administrator).apply(Installation.folder());
      return new LocalCluster(
          kubeconfig, dir, List.of(BerthCredentials.keptIn(berthKubeconfig(dir), kubeconfig)));
    }
  }

  /** One that another class loader of this JVM has started; closing it does nothing. */
  public static LocalCluster at(Path dir) {
    return new LocalCluster(
        new ControlPlaneFiles(dir.toAbsolutePath()).kubeconfig(), dir, List.of());
  }

  /** {@code k8s/} of this clone. */
  public static Path manifests() {
    return Installation.folder();
  }

  /** As an administrator applies one folder of such manifests, {@code base} or {@code policies}. */
  public void apply(Path manifests, String folder) {
    try (KubernetesClient administrator = client()) {
      new Installation(administrator).apply(manifests, List.of(folder));
    }
  }

  /** Of an administrator (group system:masters). */
  public Path kubeconfig() {
    return kubeconfig;
  }

  /** Of Berth's ServiceAccount; the file is replaced long before its token expires. */
  public Path berthKubeconfig() {
    return berthKubeconfig(dir);
  }

  public Path auditLog() {
    return new ControlPlaneFiles(dir).auditLog();
  }

  /** A client of the administrator; the caller closes it. */
  public KubernetesClient client() {
    return LocalControlPlane.client(kubeconfig());
  }

  /** A client with exactly Berth's rights; the caller closes it. */
  public KubernetesClient berthClient() {
    return LocalControlPlane.client(berthKubeconfig());
  }

  /** With other flags, on the same data. Returns before it is ready, which it may never be. */
  public void restartApiServer(List<String> flags) {
    owned.stream()
        .filter(LocalControlPlane.class::isInstance)
        .forEach(controlPlane -> ((LocalControlPlane) controlPlane).restartApiServer(flags));
  }

  @Override
  public void close() {
    owned.forEach(Parts::close);
  }

  private static Path berthKubeconfig(Path dir) {
    return dir.toAbsolutePath().resolve("berth.kubeconfig");
  }
}
