package dev.berth.installation;

import static dev.berth.installation.TenantCluster.DRY_RUN;
import static dev.berth.installation.TenantCluster.NAMESPACES;
import static dev.berth.installation.TenantCluster.awaitPolicies;
import static dev.berth.installation.TenantCluster.hasDefaultAccount;
import static dev.berth.installation.TenantCluster.podOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.installation.Caller.Reply;
import dev.berth.installation.owner.HostAccess;
import dev.berth.installation.owner.Overreach;
import dev.berth.installation.owner.Workload;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** With all policies in force nothing outside the tenants' namespaces is denied or warned of. */
class ForeignNamespacesIT {

  /** Nearly a tenant's, by its name and by its labels. */
  private static final String NAMESPACE = "tenant0-busy";

  private static final String LABEL = "{'metadata': {'labels': {'a': 'b'}}}";

  private static Caller administrator;

  @BeforeAll
  static void aForeignNamespace() {
    administrator = Caller.administrator();
    awaitPolicies();
    String labels =
        "'labels': {'berth.dev/isolation': 'sandboxed', 'berth.dev/runtime-class': 'kata-vm-isolation'}";
    assertPasses(
        administrator.post(
            "/api/v1/namespaces", "{'metadata': {'name': '%s', %s}}".formatted(NAMESPACE, labels)));
    await().until(() -> hasDefaultAccount(NAMESPACE));
  }

  @ParameterizedTest
  @EnumSource
  void podsReachTheirNodes(HostAccess access) {
    assertPasses(podOf(administrator, NAMESPACE, access.pod, DRY_RUN));
  }

  @ParameterizedTest
  @MethodSource
  void templatesReachTheirNodes(Workload workload, HostAccess access) {
    assertPasses(
        administrator.post(workload.collection(NAMESPACE) + DRY_RUN, workload.of(access.pod)));
  }

  static Stream<Arguments> templatesReachTheirNodes() {
    return Arrays.stream(Workload.values())
        .flatMap(workload ->
            Arrays.stream(HostAccess.values()).map(access -> Arguments.of(workload, access)));
  }

  @ParameterizedTest
  @EnumSource
  void podsAskForWhatTheyWant(Overreach overreach) {
    assertPasses(podOf(administrator, NAMESPACE, overreach.annotations, overreach.pod(), DRY_RUN));
  }

  @Test
  void podsGoWhereTheyWant() {
    assertPasses(
        podOf(
            administrator,
            NAMESPACE,
            """
            {'nodeName': 'aks-kata-00000001-vmss000000', 'nodeSelector': {'agentpool': 'system'},
             'tolerations': [{'operator': 'Exists'}], 'priorityClassName': 'system-node-critical',
             'affinity': {'nodeAffinity': {'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms': [
               {'matchExpressions': [{'key': 'agentpool', 'operator': 'Exists'}]}]}}},
             'containers': [{'name': 'c', 'image': 'i', 'securityContext': {'privileged': true}}]}\
            """,
            DRY_RUN));
  }

  @Test
  void aRunningPodIsChangedAndDebugged() {
    String path = NAMESPACES + NAMESPACE + "/pods/p";
    String plain = "{'containers': [{'name': 'c', 'image': 'i'}]}";
    assertPasses(podOf(administrator, NAMESPACE, plain, ""));

    assertPasses(
        administrator.patch(
            path,
            "json-patch",
            "[{'op': 'add', 'path': '/spec/tolerations/-', 'value': {'operator': 'Exists'}}]"));
    assertPasses(
        administrator.patch(
            path + "/ephemeralcontainers",
            "strategic-merge-patch",
            """
            {'spec': {'ephemeralContainers': [{'name': 'debug', 'image': 'i',
                                               'securityContext': {'privileged': true}}]}}\
            """));
    assertPasses(administrator.merge(path + "/status", "{'status': {'phase': 'Running'}}"));
    assertPasses(
        administrator.post(
            path + "/binding",
            "{'metadata': {'name': 'p'}, 'target': {'kind': 'Node', 'name': 'aks-kata-00000001-vmss000000'}}"));
    assertPasses(administrator.delete(path, "{'gracePeriodSeconds': 0}"));
  }

  @Test
  void aDeploymentGetsItsPods() {
    String deployments = Workload.DEPLOYMENT.collection(NAMESPACE);

    assertPasses(administrator.post(deployments, Workload.DEPLOYMENT.of(HostAccess.NETWORK.pod)));

    // The pods, as a Deployment counts what is unavailable before its ReplicaSet has made any.
    await()
        .untilAsserted(() ->
            assertThat(administrator.get(NAMESPACES + NAMESPACE + "/pods").body().toString())
                .contains("\"hostNetwork\":true")
                .doesNotContain("runtimeClassName"));
    assertPasses(administrator.delete(deployments + "/w"));
  }

  @ParameterizedTest
  @EnumSource
  void whatLimitsANamespaceIsItsOwners(ManagedObject object) {
    assertLives(object.collection(NAMESPACE), object.named("own"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "services | 'type': 'NodePort', 'ports': [{'port': 80, 'nodePort': 30019}]",
        "services | 'type': 'LoadBalancer', 'loadBalancerClass': 'a/b', 'ports': [{'port': 80}]",
        "services | 'type': 'ExternalName', 'externalName': 'example.com'",
        "services | 'clusterIP': '10.0.99.9', 'ports': [{'port': 80}]",
        "persistentvolumeclaims | 'storageClassName': 'own', 'volumeName': 'v', 'accessModes': ['ReadWriteOnce'],"
            + " 'resources': {'requests': {'storage': '1Gi'}}"
      })
  void servicesAndClaimsChooseWhatTheyWant(String kind, String spec) {
    assertPasses(
        administrator.post(
            NAMESPACES + NAMESPACE + "/" + kind + DRY_RUN,
            "{'metadata': {'name': 'own', 'annotations': {'service.beta.kubernetes.io/azure-pip-name': 'x'}}, 'spec': {%s}}"
                .formatted(spec)));
  }

  @Test
  void theDefaultAccountIsItsOwners() {
    String account = NAMESPACES + NAMESPACE + "/serviceaccounts/default";

    assertPasses(administrator.merge(account, "{'automountServiceAccountToken': true}"));
    assertPasses(administrator.post(account + "/token", "{'spec': {'audiences': ['a']}}"));
    assertPasses(administrator.delete(account));
    // Without one no pod of the other tests is let in.
    await().until(() -> hasDefaultAccount(NAMESPACE));
  }

  @Test
  void aNamespaceComesAndGoes() {
    assertLives("/api/v1/namespaces", "{'metadata': {'name': 'foreign'}}");
  }

  /** What an upgrade of the cluster writes, each object made, changed and deleted. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /api/v1/nodes | {'metadata': {'name': 'n'}, 'spec': {'taints': [{'key': 'CriticalAddonsOnly', 'effect': 'NoSchedule'}]}}
          /apis/node.k8s.io/v1/runtimeclasses | {'metadata': {'name': 'own'}, 'handler': 'runc', 'scheduling': {'nodeSelector': {'a': 'b'}, 'tolerations': [{'operator': 'Exists'}]}}
          /apis/scheduling.k8s.io/v1/priorityclasses | {'metadata': {'name': 'own'}, 'value': 5}
          /apis/rbac.authorization.k8s.io/v1/clusterroles | {'metadata': {'name': 'own'}, 'rules': [{'apiGroups': ['*'], 'resources': ['*'], 'verbs': ['*']}]}
          /apis/rbac.authorization.k8s.io/v1/clusterrolebindings | {'metadata': {'name': 'own'}, 'subjects': [], 'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'cluster-admin'}}
          /apis/apiextensions.k8s.io/v1/customresourcedefinitions | {'metadata': {'name': 'as.example.com'}, 'spec': {'group': 'example.com', 'scope': 'Namespaced', 'names': {'plural': 'as', 'kind': 'A'}, 'versions': [{'name': 'v1', 'served': true, 'storage': true, 'schema': {'openAPIV3Schema': {'type': 'object'}}}]}}
          /apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies | {'metadata': {'name': 'own'}, 'spec': {'matchConstraints': {'resourceRules': [{'apiGroups': ['example.com'], 'apiVersions': ['v1'], 'operations': ['CREATE'], 'resources': ['as']}]}, 'validations': [{'expression': 'true'}]}}
          /apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases | {'metadata': {'name': 'n'}, 'spec': {'holderIdentity': 'n', 'leaseDurationSeconds': 40}}
          /api/v1/namespaces/kube-system/serviceaccounts | {'metadata': {'name': 'own'}}
          /api/v1/namespaces/kube-system/configmaps | {'metadata': {'name': 'own'}, 'data': {'a': 'b'}}
          /apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/rolebindings | {'metadata': {'name': 'own'}, 'subjects': [], 'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'admin'}}
          /apis/networking.k8s.io/v1/namespaces/kube-system/networkpolicies | {'metadata': {'name': 'own'}, 'spec': {'podSelector': {}}}
          /apis/apps/v1/namespaces/kube-system/daemonsets | {'metadata': {'name': 'own'}, 'spec': {'selector': {'matchLabels': {'a': 'b'}}, 'template': {'metadata': {'labels': {'a': 'b'}}, 'spec': {'hostNetwork': true, 'priorityClassName': 'system-node-critical', 'tolerations': [{'operator': 'Exists'}], 'volumes': [{'name': 'v', 'hostPath': {'path': '/'}}], 'containers': [{'name': 'c', 'image': 'i', 'securityContext': {'privileged': true}}]}}}}
          /apis/apps/v1/namespaces/kube-system/deployments | {'metadata': {'name': 'own'}, 'spec': {'replicas': 0, 'selector': {'matchLabels': {'a': 'b'}}, 'template': {'metadata': {'labels': {'a': 'b'}}, 'spec': {'runtimeClassName': 'berth-probe', 'priorityClassName': 'system-cluster-critical', 'tolerations': [{'key': 'CriticalAddonsOnly', 'operator': 'Exists'}], 'containers': [{'name': 'c', 'image': 'i'}]}}}}
          """)
  void aClusterUpgradePasses(String collection, String object) {
    assertLives(collection, object);
  }

  @Test
  void nodesAndTheirKubeletsAreLeftAlone() {
    String node = "/api/v1/nodes/aks-kata-00000001-vmss000000";
    Caller kubelet = Caller.administratorNamed("system:node:a", "system:nodes");

    assertPasses(administrator.merge(node, "{'spec': {'unschedulable': true}}"));
    assertPasses(administrator.merge(node, "{'spec': {'unschedulable': null, 'taints': null}}"));
    assertPasses(
        kubelet.merge(node + "/status", "{'status': {'nodeInfo': {'kernelVersion': '6.6.1'}}}"));
    assertPasses(
        administrator.merge("/apis/node.k8s.io/v1/runtimeclasses/kata-vm-isolation", LABEL));
    assertPasses(
        kubelet.post(
            "/api/v1/namespaces/kube-system/serviceaccounts/default/token",
            "{'spec': {'audiences': ['a']}}"));
  }

  private static void assertLives(String collection, String object) {
    Reply made = administrator.post(collection, object);
    assertPasses(made);
    String path = collection + "/" + made.body().at("/metadata/name").asText();
    assertPasses(administrator.merge(path, LABEL));
    assertPasses(administrator.delete(path));
  }

  private static void assertPasses(Reply reply) {
    assertThat(reply.message()).isEmpty();
    assertThat(reply.code()).isIn(200, 201);
    assertThat(reply.warnings()).isEmpty();
  }
}
