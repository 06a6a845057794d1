package dev.berth.installation.owner;

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
  /** T5: the node asks, past every network policy. */
  PROBE_OF_ANOTHER_HOST(
      "remove host",
      "{'containers': [{'name': 'c', 'image': 'i', 'livenessProbe':"
          + " {'httpGet': {'host': '169.254.169.254', 'port': 80, 'httpHeaders': [{'name': 'Metadata', 'value': 'true'}]}}}]}"),
  PROBE_OF_THE_KUBELET(
      "remove host",
      "{'containers': [{'name': 'c', 'image': 'i', 'readinessProbe': {'tcpSocket': {'host': '127.0.0.1', 'port': 10250}}}]}"),
  PROBE_OF_A_SIDECAR(
      "remove host",
      "{'initContainers': [{'name': 'a', 'image': 'i', 'restartPolicy': 'Always',"
          + " 'startupProbe': {'tcpSocket': {'host': '10.0.0.1', 'port': 443}}}],"
          + " 'containers': [{'name': 'c', 'image': 'i'}]}"),
  HOOK_AT_THE_START(
      "remove host",
      "{'containers': [{'name': 'c', 'image': 'i', 'lifecycle': {'postStart': {'httpGet': {'host': '10.0.0.1', 'port': 80}}}}]}"),
  HOOK_AT_THE_END(
      "remove host",
      "{'containers': [{'name': 'c', 'image': 'i', 'lifecycle': {'preStop': {'httpGet': {'host': '10.0.0.1', 'port': 80}}}}]}"),
  SHARE_IN_THE_NETWORK(
      "spec.volumes",
      "{'volumes': [{'name': 'v', 'nfs': {'server': 's', 'path': '/'}}], 'containers': [{'name': 'c', 'image': 'i'}]}"),
  VOLUME_OF_A_DRIVER(
      "spec.volumes",
      "{'volumes': [{'name': 'v', 'csi': {'driver': 'file.csi.azure.com'}}], 'containers': [{'name': 'c', 'image': 'i'}]}"),
  WINDOWS("spec.os", "{'os': {'name': 'windows'}, 'containers': [{'name': 'c', 'image': 'i'}]}");

  /** What the author of the pod is told to look at. */
  public final String advice;

  public final String pod;

  HostAccess(String advice, String pod) {
    this.advice = advice;
    this.pod = pod;
  }
}
