package dev.berth.local;

import static java.util.stream.Collectors.joining;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * What claims for volumes get on a cluster without a driver: a default class, and disks of it. The
 * cluster binds them and deletes those that are given back; the next start brings them again. There
 * is no kubelet, so nothing stands behind them.
 */
public final class LocalDisks {

  private static final int DISKS = 8;

  private static final String CLASS =
      """
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata:
        name: default
        annotations: {storageclass.kubernetes.io/is-default-class: "true"}
      provisioner: kubernetes.io/no-provisioner
      reclaimPolicy: Delete
      volumeBindingMode: Immediate
      """;

  /** Kubernetes itself deletes such volumes only below {@code /tmp}. */
  private static final String DISK =
      """
      ---
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: disk-%1$d}
      spec:
        storageClassName: default
        capacity: {storage: 10Gi}
        accessModes: [ReadWriteOnce]
        persistentVolumeReclaimPolicy: Delete
        hostPath: {path: /tmp/berth-local-disks/%1$d}
      """;

  private final KubernetesClient administrator;

  public LocalDisks(KubernetesClient administrator) {
    this.administrator = administrator;
  }

  public void register() {
    String all =
        IntStream.rangeClosed(1, DISKS).mapToObj(DISK::formatted).collect(joining("", CLASS, ""));
    administrator
        .load(new ByteArrayInputStream(all.getBytes(StandardCharsets.UTF_8)))
        .serverSideApply();
  }
}
