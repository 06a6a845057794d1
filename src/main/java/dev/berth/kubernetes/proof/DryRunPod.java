package dev.berth.kubernetes.proof;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.plan.isolation.Escape;
import java.time.Instant;

/**
 * A pod that is judged like any other and never stored. It keeps every rule of the restricted Pod
 * Security Standard, so that no other rule speaks than the one that is asked.
 */
public record DryRunPod(ObjectNode json) {

  /** A class that exists for this alone, and that no namespace requires. */
  public static final String PROBE_CLASS = "berth-probe";

  public static DryRunPod withoutClass() {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("generateName", PROBE_CLASS + "-");
    ObjectNode spec = pod.putObject("spec");
    ObjectNode security = spec.putObject("securityContext").put("runAsNonRoot", true);
    security.putObject("seccompProfile").put("type", "RuntimeDefault");
    ObjectNode container = spec.putArray("containers").addObject();
    container.put("name", "probe").put("image", PROBE_CLASS);
    ObjectNode confined =
        container.putObject("securityContext").put("allowPrivilegeEscalation", false);
    confined.putObject("capabilities").putArray("drop").add("ALL");
    return new DryRunPod(pod);
  }

  public static DryRunPod ofProbeClass() {
    return ofClass(PROBE_CLASS);
  }

  static DryRunPod ofClass(String runtimeClass) {
    DryRunPod pod = withoutClass();
    pod.spec().put("runtimeClassName", runtimeClass);
    return pod;
  }

  /** As it must be, but for its escape. */
  static DryRunPod escaping(Escape escape, String runtimeClass) {
    DryRunPod pod = runtimeClass.isEmpty() ? withoutClass() : ofClass(runtimeClass);
    pod.escape(escape);
    return pod;
  }

  public PodAttempt tryIn(String namespace, ApiServer api, Instant deadline) {
    return new PodAttempt(api.postDry(ApiPath.pods(namespace), json, deadline));
  }

  private ObjectNode spec() {
    return json.withObject("/spec");
  }

  private void escape(Escape escape) {
    ObjectNode spec = spec();
    switch (escape) {
      case PROBE_CLASS -> spec.put("runtimeClassName", PROBE_CLASS);
      case NO_CLASS -> spec.remove("runtimeClassName");
      case HOST_NETWORK -> spec.put("hostNetwork", true);
      case HOST_PID -> spec.put("hostPID", true);
      case HOST_PATH ->
          spec.putArray("volumes")
              .addObject()
              .put("name", "node")
              .putObject("hostPath")
              .put("path", "/");
      case PRIVILEGED ->
          spec.withObject("/containers/0/securityContext")
              .put("privileged", true)
              .put("allowPrivilegeEscalation", true);
      case SYSTEM_PRIORITY -> spec.put("priorityClassName", "system-node-critical");
      case EVERY_TAINT -> spec.putArray("tolerations").addObject().put("operator", "Exists");
      case CHOSEN_NODE -> spec.put("nodeName", "berth-probe");
      case CHOSEN_NODE_BY_FIELD -> chooseNode(spec);
      case RUNTIME_ANNOTATION ->
          json.withObject("/metadata/annotations").put("io.katacontainers.config_path", "/");
      case PROBE_OF_OTHERS ->
          spec.withObject("/containers/0/livenessProbe/httpGet")
              .put("host", "169.254.169.254")
              .put("port", 80);
      case DEVICE -> spec.withObject("/containers/0/resources/limits").put("berth.dev/probe", "1");
      case ENDLESS -> spec.put("terminationGracePeriodSeconds", 3_153_600_000L);
    }
  }

  private static void chooseNode(ObjectNode spec) {
    spec.withObject("/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution")
        .putArray("nodeSelectorTerms")
        .addObject()
        .putArray("matchFields")
        .addObject()
        .put("key", "metadata.name")
        .put("operator", "In")
        .putArray("values")
        .add("berth-probe");
  }
}
