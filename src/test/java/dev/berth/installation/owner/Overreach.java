package dev.berth.installation.owner;

/** What a pod may write to get at the cost of others, each as the pod that does. */
public enum Overreach {
  /** T1. */
  ORDER_TO_THE_RUNTIME(
      "berth-annotations",
      "io.katacontainers.config.hypervisor.kernel_params",
      "'io.katacontainers.config.hypervisor.kernel_params': 'x'",
      ""),
  /** T3. */
  PRIORITY("berth-limits", "spec.priorityClassName", "", "'priorityClassName': 'berth'"),
  CRITICAL_FOR_NODES(
      "berth-limits", "spec.priorityClassName", "", "'priorityClassName': 'system-node-critical'"),
  CRITICAL_FOR_CLUSTERS(
      "berth-limits",
      "spec.priorityClassName",
      "",
      "'priorityClassName': 'system-cluster-critical'"),
  /** T4. */
  A_CENTURY_TO_END(
      "berth-limits",
      "lower terminationGracePeriodSeconds",
      "",
      "'terminationGracePeriodSeconds': 3153600000"),
  A_CENTURY_AFTER_A_PROBE(
      "berth-limits",
      "lower terminationGracePeriodSeconds",
      "",
      "'initContainers': [{'name': 'a', 'image': 'i', 'restartPolicy': 'Always', 'livenessProbe':"
          + " {'exec': {'command': ['a']}, 'terminationGracePeriodSeconds': 3153600000}}]"),
  /** T7. */
  HUGE_PAGES(
      "berth-limits",
      "given cpu, memory, ephemeral-storage",
      "",
      "'initContainers': [{'name': 'a', 'image': 'i', 'resources':"
          + " {'limits': {'cpu': '1', 'memory': '1Gi', 'hugepages-2Mi': '2Mi'}}}]"),
  HUGE_PAGES_OF_THE_POD(
      "berth-limits",
      "given cpu, memory, ephemeral-storage",
      "",
      "'resources': {'limits': {'cpu': '1', 'memory': '1Gi', 'hugepages-2Mi': '2Mi'}}"),
  A_DEVICE(
      "berth-limits",
      "given cpu, memory, ephemeral-storage",
      "",
      "'initContainers': [{'name': 'a', 'image': 'i', 'resources': {'limits': {'nvidia.com/gpu': '8'}}}]"),
  A_DEVICE_BY_CLAIM(
      "berth-limits",
      "spec.resourceClaims",
      "",
      "'resourceClaims': [{'name': 'a', 'resourceClaimName': 'b'}]"),
  /** T10. */
  NODE_BY_FIELD(
      "berth-placement",
      "nodeAffinity of spec.",
      "",
      "'affinity': {'nodeAffinity': {'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms': ["
          + "{'matchFields': [{'key': 'metadata.name', 'operator': 'In', 'values': ['n']}]}]}}}"),
  NODE_BY_PREFERENCE(
      "berth-placement",
      "nodeAffinity of spec.",
      "",
      "'affinity': {'nodeAffinity': {'preferredDuringSchedulingIgnoredDuringExecution': [{'weight': 100, 'preference':"
          + " {'matchExpressions': [{'key': 'kubernetes.io/hostname', 'operator': 'In', 'values': ['n']}]}}]}}"),
  NODE_BY_SPREADING(
      "berth-placement",
      "topologySpreadConstraints",
      "",
      "'topologySpreadConstraints': [{'maxSkew': 1, 'topologyKey': 'agentpool',"
          + " 'whenUnsatisfiable': 'DoNotSchedule', 'labelSelector': {}}]"),
  SCHEDULER("berth-placement", "spec.schedulerName", "", "'schedulerName': 'own'"),
  CORDONED_NODE(
      "berth-placement",
      "node.kubernetes.io/unschedulable",
      "",
      "'tolerations': [{'key': 'node.kubernetes.io/unschedulable', 'operator': 'Exists'}]");

  final String policy;

  /** What the author of the pod is told to look at. */
  public final String advice;

  public final String annotations;
  private final String more;

  Overreach(String policy, String advice, String annotations, String more) {
    this.policy = policy;
    this.advice = advice;
    this.annotations = annotations;
    this.more = more;
  }

  /** The spec. */
  public String pod() {
    return "{%s'containers': [{'name': 'c', 'image': 'i'}]}"
        .formatted(more.isEmpty() ? "" : more + ", ");
  }
}
