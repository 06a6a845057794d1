package dev.berth.kubernetes;

/** The ways of a pod to its node, each as the spec of a pod that takes it. */
public enum HostAccess {
  NETWORK("spec.hostNetwork", "{'hostNetwork': true, 'containers': [{'name': 'c', 'image': 'i'}]}"),
  PROCESSES("spec.hostPID", "{'hostPID': true, 'containers': [{'name': 'c', 'image': 'i'}]}"),
  MEMORY("spec.hostIPC", "{'hostIPC': true, 'containers': [{'name': 'c', 'image': 'i'}]}"),
  FILES(
      "spec.volumes",
      "{'volumes': [{'name': 'a', 'emptyDir': {}}, {'name': 'b', 'hostPath': {'path': '/'}}],"
          + " 'containers': [{'name': 'c', 'image': 'i'}]}"),
  PORT_OF_A_CONTAINER(
      "make a Service",
      "{'containers': [{'name': 'c', 'image': 'i', 'ports': [{'containerPort': 80, 'hostPort': 80}]}]}"),
  PORT_OF_AN_INIT_CONTAINER(
      "make a Service",
      "{'initContainers': [{'name': 'a', 'image': 'i', 'ports': [{'containerPort': 80, 'hostPort': 80}]}],"
          + " 'containers': [{'name': 'c', 'image': 'i'}]}"),
  PRIVILEGED_CONTAINER(
      "securityContext.privileged",
      "{'containers': [{'name': 'a', 'image': 'i'},"
          + " {'name': 'c', 'image': 'i', 'securityContext': {'privileged': true}}]}"),
  PRIVILEGED_INIT_CONTAINER(
      "securityContext.privileged",
      "{'initContainers': [{'name': 'a', 'image': 'i', 'securityContext': {'privileged': true}}],"
          + " 'containers': [{'name': 'c', 'image': 'i'}]}"),
  CRITICAL_FOR_NODES(
      "spec.priorityClassName",
      "{'priorityClassName': 'system-node-critical', 'containers': [{'name': 'c', 'image': 'i'}]}"),
  CRITICAL_FOR_CLUSTERS(
      "spec.priorityClassName",
      "{'priorityClassName': 'system-cluster-critical', 'containers': [{'name': 'c', 'image': 'i'}]}");

  /** What the author of the pod is told to look at. */
  final String advice;

  public final String pod;

  HostAccess(String advice, String pod) {
    this.advice = advice;
    this.pod = pod;
  }
}
