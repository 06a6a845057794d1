package dev.berth.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.local.cluster.LocalCluster;
import dev.berth.local.cluster.LocalControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReviewBuilder;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterIT {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final String EVERYTHING =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: everything}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: runner, namespace: everything}
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: data, namespace: everything}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: user, namespace: everything, labels: {app: web}}
      spec:
        serviceAccountName: runner
        containers: [{name: c, image: i}]
        volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: everything}
      spec: {selector: {app: web}, ports: [{port: 80}]}
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: web, namespace: everything}
      spec: {maxUnavailable: 0, selector: {matchLabels: {app: web}}}
      ---
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: agent, namespace: everything}
      spec:
        selector: {matchLabels: {app: agent}}
        template:
          metadata: {labels: {app: agent}}
          spec: {serviceAccountName: runner, containers: [{name: c, image: i}]}
      """;

  private static final String CLAIM =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: data, namespace: default}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
      """;

  @TempDir Path dir;

  @Test
  void keepsItsObjectsAndBerthsRightsAfterItsProgramsWereKilled() {
    // Given
    LocalControlPlane killed = LocalControlPlane.start(dir, line -> {});
    try (KubernetesClient client = killed.client()) {
      client.resource(kept()).create();
    }

    // When
    killed.kill();

    // Then
    try (LocalCluster again = LocalCluster.start(dir, line -> {});
        KubernetesClient client = again.client();
        KubernetesClient berth = again.berthClient()) {
      assertThat(client.resource(kept()).get().getData()).isEqualTo(Map.of("answer", "42"));
      assertThat(whoIs(berth)).isEqualTo("system:serviceaccount:berth-system:berth");
    }
  }

  @Test
  void looksLikeAClusterOnWhichBerthWasInstalled() {
    try (KubernetesClient client = Parts.cluster().client()) {
      assertThat(
              client
                  .nodes()
                  .withLabel("kubernetes.azure.com/kata-vm-isolation", "true")
                  .list()
                  .getItems())
          .hasSize(2)
          .allSatisfy(node -> assertThat(node.getSpec().getTaints()).isEmpty());
      assertThat(
              client.resources(RuntimeClass.class).withName("kata-vm-isolation").get().getHandler())
          .isEqualTo("kata");
      assertThat(client.resources(RuntimeClass.class).withName("berth-probe").get()).isNotNull();
      assertThat(client.rbac().clusterRoles().withName("berth-tenant-admin").get()).isNotNull();
      assertThat(names(client))
          .contains("berth-sandbox", "berth-namespace-guard", "berth-restraint");
    }
  }

  /** R8: each of them goes only if the controller of its kind lives. */
  @Test
  void aNamespaceGoesWithEverythingThatATenantMayHave() {
    try (KubernetesClient client = Parts.cluster().client()) {
      client.load(new ByteArrayInputStream(EVERYTHING.getBytes(UTF_8))).create();
      await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> isLookedAfter(client));

      client.namespaces().withName("everything").delete();

      await()
          .atMost(PATIENCE)
          .until(() -> client.namespaces().withName("everything").get() == null);
    }
  }

  /** By the controllers; there is no status at first. */
  private static void isLookedAfter(KubernetesClient client) {
    var slices = client.discovery().v1().endpointSlices().inNamespace("everything").list();
    var agent = client.apps().daemonSets().inNamespace("everything").withName("agent").get();
    var data = client.persistentVolumeClaims().inNamespace("everything").withName("data").get();
    assertThat(slices.getItems()).isNotEmpty();
    assertThat(agent.getStatus().getDesiredNumberScheduled()).isPositive();
    assertThat(data.getFinalizers()).containsExactly("kubernetes.io/pvc-protection");
  }

  @Test
  void aClaimGetsADiskOfTheLocalRunAndTheNextStartBringsItAgain() {
    try (LocalCluster cluster = LocalCluster.start(dir, line -> {});
        KubernetesClient client = cluster.client()) {
      LocalDisks disks = new LocalDisks(client);
      disks.register();
      client.load(new ByteArrayInputStream(CLAIM.getBytes(UTF_8))).create();
      var claim = client.persistentVolumeClaims().inNamespace("default").withName("data");
      await().atMost(PATIENCE).until(() -> "Bound".equals(claim.get().getStatus().getPhase()));
      String disk = claim.get().getSpec().getVolumeName();

      disks.register();
      claim.delete();
      await().atMost(PATIENCE).until(() -> client.persistentVolumes().withName(disk).get() == null);

      disks.register();
      assertThat(client.persistentVolumes().withName(disk).get()).isNotNull();
    }
  }

  @Test
  void recordsWhatBerthWrites() {
    LocalCluster cluster = Parts.cluster();
    try (KubernetesClient berth = cluster.berthClient()) {
      whoIs(berth);
    }

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(Files.readString(cluster.auditLog(), UTF_8))
                .contains("\"username\":\"system:serviceaccount:berth-system:berth\""));
  }

  private static ConfigMap kept() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("kept")
        .withNamespace("default")
        .endMetadata()
        .addToData("answer", "42")
        .build();
  }

  private static String whoIs(KubernetesClient client) {
    SelfSubjectReview review = client.resource(new SelfSubjectReviewBuilder().build()).create();
    return review.getStatus().getUserInfo().getUsername();
  }

  private static List<String> names(KubernetesClient client) {
    return client
        .genericKubernetesResources("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy")
        .list()
        .getItems()
        .stream()
        .map(policy -> policy.getMetadata().getName())
        .toList();
  }
}
