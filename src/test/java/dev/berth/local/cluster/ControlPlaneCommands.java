package dev.berth.local.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The command lines of the three programs. */
final class ControlPlaneCommands {
  // Every one that an object of a tenant needs to live and to go: a claim for a volume stays for
  // ever without the one that protects it. The rest needs kubelets, metrics or a cloud.
  private static final String CONTROLLERS =
      String.join(
          ",",
          "namespace-controller",
          "serviceaccount-controller",
          "resourcequota-controller",
          "garbage-collector-controller",
          "pod-garbage-collector-controller",
          "deployment-controller",
          "replicaset-controller",
          "statefulset-controller",
          "job-controller",
          "cronjob-controller",
          "ttl-after-finished-controller",
          "daemonset-controller",
          "disruption-controller",
          "endpoints-controller",
          "endpointslice-controller",
          "endpointslice-mirroring-controller",
          "persistentvolume-binder-controller",
          "persistentvolume-protection-controller",
          "persistentvolumeclaim-protection-controller",
          "ephemeral-volume-controller",
          "root-ca-certificate-publisher-controller",
          "clusterrole-aggregation-controller",
          "validatingadmissionpolicy-status-controller");

  private final Path binaries;
  private final Path dir;
  private final ControlPlaneFiles files;

  ControlPlaneCommands(Path binaries, Path dir, ControlPlaneFiles files) {
    this.binaries = binaries.toAbsolutePath();
    this.dir = dir;
    this.files = files;
  }

  List<String> etcd(int port, int peerPort) {
    String client = "http://127.0.0.1:" + port;
    String peer = "http://127.0.0.1:" + peerPort;
    return List.of(
        binaries.resolve("etcd").toString(),
        "--data-dir=" + dir.resolve("etcd"),
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer,
        "--unsafe-no-fsync=true",
        "--log-level=warn");
  }

  List<String> apiServer(int etcdPort, int port, List<String> more) {
    List<String> usual =
        List.of(
            binaries.resolve("kube-apiserver").toString(),
            "--etcd-servers=http://127.0.0.1:" + etcdPort,
            "--secure-port=" + port,
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            "--cert-dir=" + files.certificates(),
            "--token-auth-file=" + files.tokens(),
            "--authorization-mode=RBAC",
            "--service-account-key-file=" + files.publicKey(),
            "--service-account-signing-key-file=" + files.privateKey(),
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-cluster-ip-range=10.0.0.0/16",
            "--endpoint-reconciler-type=none",
            // Else validation refuses a privileged pod before any policy is asked, and none is ever
            // proven.
            "--allow-privileged=true",
            "--audit-policy-file=" + files.auditPolicy(),
            "--audit-log-path=" + files.auditLog());
    return Stream.concat(usual.stream(), more.stream()).toList();
  }

  List<String> controllerManager(int port) {
    return List.of(
        binaries.resolve("kube-controller-manager").toString(),
        "--kubeconfig=" + files.kubeconfig(),
        "--secure-port=" + port,
        "--bind-address=127.0.0.1",
        "--cert-dir=" + dir.resolve("controller-manager"),
        "--leader-elect=false",
        "--service-account-private-key-file=" + files.privateKey(),
        "--root-ca-file=" + files.servingCertificate(),
        "--use-service-account-credentials=true",
        // The default makes the quota controller fall behind in a burst, by seconds.
        "--kube-api-qps=1000",
        "--kube-api-burst=2000",
        "--controllers=" + CONTROLLERS);
  }
}
