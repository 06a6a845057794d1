package dev.berth.installation.owner;

import static dev.berth.installation.TenantCluster.DRY_RUN;
import static dev.berth.installation.TenantCluster.NAMESPACES;
import static dev.berth.installation.TenantCluster.assertDenied;
import static dev.berth.installation.TenantCluster.assertLetIn;
import static dev.berth.installation.TenantCluster.awaitPolicies;
import static dev.berth.installation.TenantCluster.denialOf;
import static dev.berth.installation.TenantCluster.podOf;
import static dev.berth.installation.TenantCluster.sandboxed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No pod of a tenant comes to nodes that its class does not choose. */
class PlacementIT {

  private static final String NAMESPACE = "tenant-placed";
  private static final String DAEMONS = "system:serviceaccount:kube-system:daemon-set-controller";
  private static final String DEDICATED = "tenant-dedicated";
  private static final String POLICY =
      "ValidatingAdmissionPolicy 'berth-placement' with binding 'berth-placement' denied request: ";

  private static final String CLASS =
      """
      {'metadata': {'name': 'dedicated'}, 'handler': 'kata',
       'scheduling': {'nodeSelector': {'pool': 'a', 'size': 'big'},
                      'tolerations': [{'key': 'kata', 'operator': 'Exists'},
                                      {'key': 'example.com/big', 'operator': 'Exists'}]}}\
      """;
  private static final String SELECTOR = "'berth.dev/node-selector': 'pool=a,size=big'";
  private static final String TOLERATIONS = "'berth.dev/tolerations': 'kata,example.com/big'";

  private static Caller administrator;

  @BeforeAll
  static void namespacesOfTwoClasses() {
    administrator = Caller.administrator();
    awaitPolicies();
    sandboxed(NAMESPACE);
    assertThat(administrator.post("/apis/node.k8s.io/v1/runtimeclasses", CLASS).code())
        .isEqualTo(201);
    sandboxed(DEDICATED, "dedicated", SELECTOR + ", " + TOLERATIONS);
    await().untilAsserted(() -> assertLetIn(pod(DEDICATED, "")));
  }

  @Test
  void aPodThatNamesItsNodeIsDenied() {
    assertDenied(
        pod(NAMESPACE, "'nodeName': 'aks-kata-00000001-vmss000000'"),
        POLICY,
        "remove spec.nodeName from the pod, or spec.template.spec.nodeName from what creates it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'operator': 'Exists'}",
        "{'operator': 'Exists', 'effect': 'NoSchedule'}",
        "{'key': 'CriticalAddonsOnly', 'operator': 'Exists'}",
        "{'key': 'kata', 'operator': 'Equal', 'value': 'enabled'}",
        "{'key': 'node-role.kubernetes.io/control-plane', 'operator': 'Exists'}",
        "{'key': 'node.kubernetes.io.example.com/not-ready', 'operator': 'Exists'}",
        "{'key': 'node.kubernetes.io/unschedulable', 'operator': 'Exists'}",
        "{'key': 'node.kubernetes.io/memory-pressure', 'operator': 'Exists', 'effect': 'NoSchedule'}",
        "{'key': 'node.kubernetes.io/not-ready', 'operator': 'Exists', 'effect': 'NoSchedule'}",
        "{'key': 'node.kubernetes.io/unreachable', 'operator': 'Exists'}",
        "{'key': 'kubernetes.azure.com/scalesetpriority', 'value': 'spot'}"
      })
  void aPodThatToleratesOtherTaintsIsDenied(String toleration) {
    assertDenied(
        pod(NAMESPACE, "'tolerations': [%s]".formatted(toleration)),
        POLICY,
        "from spec.template.spec.tolerations of what creates it");
  }

  @Test
  void aDenialNamesAllTolerationsThatMustGo() {
    Reply reply =
        pod(
            NAMESPACE,
            "'tolerations': [{'key': 'a', 'operator': 'Exists'}, {'key': 'b', 'operator': 'Exists'},"
                + " {'key': 'node.kubernetes.io/not-ready', 'operator': 'Exists', 'effect': 'NoExecute'}]");

    assertDenied(reply, POLICY, "remove the tolerations with key \"a\", \"b\" from");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'kubernetes.io/hostname': 'aks-kata-00000001-vmss000000'",
        "'kubernetes.azure.com/agentpool': 'system'",
        "'agentpool': 'other', 'kubernetes.io/os': 'linux'"
      })
  void aPodThatSelectsOtherNodesIsDenied(String selector) {
    assertDenied(
        pod(NAMESPACE, "'nodeSelector': {%s}".formatted(selector)),
        POLICY,
        "from spec.template.spec.nodeSelector of what creates it");
  }

  @Test
  void labelsThatEveryNodeHasMayBeSelected() {
    assertLetIn(
        pod(
            NAMESPACE,
            """
            'nodeSelector': {'topology.kubernetes.io/zone': 'z', 'topology.kubernetes.io/region': 'r',
                             'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'linux',
                             'node.kubernetes.io/instance-type': 'Standard_D8s_v5'},
            'affinity': %s,
            'topologySpreadConstraints': [{'maxSkew': 1, 'topologyKey': 'kubernetes.io/hostname', 'labelSelector': {},
                                           'whenUnsatisfiable': 'DoNotSchedule'}],
            'tolerations': [{'key': 'node.kubernetes.io/not-ready', 'operator': 'Exists', 'effect': 'NoExecute'}]\
            """
                .formatted(
                    required("'key': 'topology.kubernetes.io/zone', 'operator': 'Exists'"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'key': 'kubernetes.io/hostname', 'operator': 'In', 'values': ['x']",
        "'key': 'kubernetes.azure.com/kata-vm-isolation', 'operator': 'DoesNotExist'",
        "'key': 'agentpool', 'operator': 'NotIn', 'values': ['kata']"
      })
  void aPodWhoseAffinityRequiresOtherLabelsIsDenied(String expression) {
    assertDenied(
        pod(NAMESPACE, "'affinity': " + required(expression)),
        POLICY,
        "in the nodeAffinity of spec.affinity");
  }

  @Test
  void aPodOfADaemonSetIsLetIn() {
    assertLetIn(podOfADaemonSet(Caller.administratorNamed(DAEMONS), "DaemonSet"));
    assertLetIn(
        podOfADaemonSet(Caller.administratorNamed("system:kube-controller-manager"), "DaemonSet"));
  }

  /** T10: a controller that is not its own, and an owner who says so. */
  @Test
  void whatOnlyLooksLikeAPodOfADaemonSetIsDenied() {
    assertDenied(podOfADaemonSet(administrator, "DaemonSet"), POLICY, "unschedulable");
    assertDenied(
        podOfADaemonSet(Caller.administratorNamed(DAEMONS), "ReplicaSet"), POLICY, "unschedulable");
  }

  private static Reply podOfADaemonSet(Caller caller, String owner) {
    return caller.post(
        NAMESPACES + NAMESPACE + "/pods" + DRY_RUN,
        """
        {'metadata': {'name': 'p', 'ownerReferences': [
           {'apiVersion': 'apps/v1', 'kind': '%s', 'name': 'd', 'uid': 'u', 'controller': true}]},
         'spec': {'containers': [{'name': 'c', 'image': 'i'}],
           'affinity': {'nodeAffinity': {'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms': [
             {'matchFields': [{'key': 'metadata.name', 'operator': 'In', 'values': ['aks-kata-00000001-vmss000000']}]}]}}},
           'tolerations': [{'key': 'node.kubernetes.io/not-ready', 'operator': 'Exists', 'effect': 'NoExecute'},
                           {'key': 'node.kubernetes.io/unreachable', 'operator': 'Exists', 'effect': 'NoExecute'},
                           {'key': 'node.kubernetes.io/disk-pressure', 'operator': 'Exists', 'effect': 'NoSchedule'},
                           {'key': 'node.kubernetes.io/memory-pressure', 'operator': 'Exists', 'effect': 'NoSchedule'},
                           {'key': 'node.kubernetes.io/pid-pressure', 'operator': 'Exists', 'effect': 'NoSchedule'},
                           {'key': 'node.kubernetes.io/unschedulable', 'operator': 'Exists', 'effect': 'NoSchedule'}]}}\
        """
            .formatted(owner));
  }

  /** T10: the controller obeys the template's affinity and puts a node's name in its place. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'matchExpressions': [{'key': 'kubernetes.io/hostname', 'operator': 'In', 'values': ['n']}]",
        "'matchExpressions': [{'key': 'agentpool', 'operator': 'Exists'}]",
        "'matchFields': [{'key': 'metadata.name', 'operator': 'In', 'values': ['n']}]"
      })
  void aDaemonSetThatChoosesNodesIsDenied(String term) {
    String affinity =
        "{'nodeAffinity': {'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms': [{%s}]}}}"
            .formatted(term);
    String policy = denialOf("berth-daemonsets");

    assertDenied(
        daemonSet(spec("'affinity': " + affinity), DRY_RUN), policy, "spec.template.spec.affinity");
    String path = Workload.DAEMON_SET.collection(NAMESPACE);
    assertThat(administrator.post(path, Workload.DAEMON_SET.of(spec(""))).code()).isIn(201, 409);
    assertDenied(
        administrator.merge(
            path + "/w", "{'spec': {'template': {'spec': {'affinity': %s}}}}".formatted(affinity)),
        policy,
        "spec.template.spec.affinity");
  }

  @Test
  void aDaemonSetIsFreeToChooseZones() {
    String zone = "'key': 'topology.kubernetes.io/zone', 'operator': 'Exists'";

    assertThat(daemonSet(spec("'affinity': " + required(zone)), DRY_RUN).code()).isEqualTo(201);
  }

  private static Reply daemonSet(String pod, String query) {
    return administrator.post(
        Workload.DAEMON_SET.collection(NAMESPACE) + query, Workload.DAEMON_SET.of(pod));
  }

  @Test
  void whatTheClassAddsIsLetInAndNothingElse() {
    assertLetIn(pod(DEDICATED, "'tolerations': [{'key': 'kata', 'operator': 'Exists'}]"));
    assertDenied(
        pod(DEDICATED, "'tolerations': [{'key': 'kat', 'operator': 'Exists'}]"), POLICY, "\"kat\"");
    assertDenied(pod(DEDICATED, "'nodeSelector': {'zone': 'a'}"), POLICY, "\"zone\"");
  }

  @Test
  void whatTheClassAddsIsDeniedWhereTheNamespaceDoesNotListIt() {
    sandboxed(
        "tenant-other-pool",
        "dedicated",
        "'berth.dev/node-selector': 'pool=b,size=big', " + TOLERATIONS);
    sandboxed("tenant-no-taints", "dedicated", SELECTOR + ", 'berth.dev/tolerations': ''");

    assertDenied(pod("tenant-other-pool", ""), POLICY, "remove \"pool\" from spec.nodeSelector");
    assertDenied(pod("tenant-no-taints", ""), POLICY, "key \"kata\", \"example.com/big\"");
    assertDenied(
        pod("tenant-no-taints", "'tolerations': [{'operator': 'Exists'}]"), POLICY, "key \"\"");
  }

  @Test
  void noTolerationIsAddedLater() {
    sandboxed("tenant-settled");
    String path = NAMESPACES + "tenant-settled/pods/p";
    assertLetIn(podOf(administrator, "tenant-settled", spec(""), ""));

    String tolerate =
        "[{'op': 'add', 'path': '/spec/tolerations/-', 'value': {'key': '%s', 'operator': 'Exists'}}]";
    assertDenied(
        administrator.patch(path, "json-patch", tolerate.formatted("CriticalAddonsOnly")),
        POLICY,
        "\"CriticalAddonsOnly\"");
    assertThat(
            administrator
                .patch(
                    path,
                    "json-patch",
                    tolerate
                        .formatted("node.kubernetes.io/unreachable")
                        .replace("'Exists'", "'Exists', 'effect': 'NoExecute'"))
                .code())
        .isEqualTo(200);
    assertThat(administrator.merge(path, "{'metadata': {'labels': {'a': 'b'}}}").code())
        .isEqualTo(200);
  }

  @Test
  void noSelectorIsAddedWhileGatesHoldThePod() {
    sandboxed("tenant-gated");
    String path = NAMESPACES + "tenant-gated/pods/p";
    assertLetIn(
        podOf(administrator, "tenant-gated", spec("'schedulingGates': [{'name': 'a/b'}]"), ""));

    assertDenied(
        administrator.merge(path, "{'spec': {'nodeSelector': {'agentpool': 'other'}}}"),
        POLICY,
        "\"agentpool\"");
    assertDenied(
        administrator.merge(
            path,
            "{'spec': {'affinity': %s}}"
                .formatted(required("'key': 'agentpool', 'operator': 'Exists'"))),
        POLICY,
        "nodeAffinity");
    assertThat(
            administrator
                .merge(path, "{'spec': {'nodeSelector': {'topology.kubernetes.io/zone': '1'}}}")
                .code())
        .isEqualTo(200);
  }

  private static Reply pod(String namespace, String more) {
    return podOf(administrator, namespace, spec(more), DRY_RUN);
  }

  private static String spec(String more) {
    return "{%s'containers': [{'name': 'c', 'image': 'i'}]}"
        .formatted(more.isEmpty() ? "" : more + ", ");
  }

  private static String required(String expression) {
    return """
    {'nodeAffinity': {'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms': [
      {'matchExpressions': [{'key': 'kubernetes.io/os', 'operator': 'Exists'}, {%s}]}]}}}\
    """
        .formatted(expression);
  }
}
