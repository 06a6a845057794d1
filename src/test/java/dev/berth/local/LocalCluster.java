package dev.berth.local;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A local control plane that looks like a cluster on which Berth was installed: Kata nodes and
 * their RuntimeClass, everything of {@code k8s/}, and credentials of Berth's own ServiceAccount.
 */
public final class LocalCluster implements AutoCloseable {
  private final ControlPlaneFiles files;
  private final @Nullable LocalControlPlane controlPlane;
  private final @Nullable BerthCredentials credentials;

  private LocalCluster(
      Path dir, @Nullable LocalControlPlane controlPlane, @Nullable BerthCredentials credentials) {
    this.files = new ControlPlaneFiles(dir.toAbsolutePath());
    this.controlPlane = controlPlane;
    this.credentials = credentials;
  }

  public static LocalCluster start(Path dir, Progress progress) {
    LocalControlPlane controlPlane = LocalControlPlane.start(dir, progress);
    try (KubernetesClient administrator = controlPlane.client()) {
      progress.say("Kubernetes: installing nodes, RuntimeClasses and k8s/");
      new KataNodes(administrator).register();
      new Installation(administrator).apply(Installation.folder());
      ControlPlaneFiles files = new ControlPlaneFiles(dir.toAbsolutePath());
      return new LocalCluster(dir, controlPlane, BerthCredentials.keptIn(files));
    } catch (RuntimeException e) {
      controlPlane.close();
      throw e;
    }
  }

  /** One that another class loader of this JVM has started; closing it does nothing. */
  static LocalCluster at(Path dir) {
    return new LocalCluster(dir, null, null);
  }

  /** Of an administrator (group system:masters). */
  public Path kubeconfig() {
    return files.kubeconfig();
  }

  /** Of Berth's ServiceAccount; the file is replaced long before its token expires. */
  public Path berthKubeconfig() {
    return files.berthKubeconfig();
  }

  public Path auditLog() {
    return files.auditLog();
  }

  /** A client of the administrator; the caller closes it. */
  public KubernetesClient client() {
    return LocalControlPlane.client(kubeconfig());
  }

  /** A client with exactly Berth's rights; the caller closes it. */
  public KubernetesClient berthClient() {
    return LocalControlPlane.client(berthKubeconfig());
  }

  @Override
  public void close() {
    if (credentials != null) {
      credentials.close();
    }
    if (controlPlane != null) {
      controlPlane.close();
    }
  }
}
