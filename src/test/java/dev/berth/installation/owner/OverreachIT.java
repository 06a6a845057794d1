package dev.berth.installation.owner;

import static dev.berth.installation.TenantCluster.DRY_RUN;
import static dev.berth.installation.TenantCluster.NAMESPACES;
import static dev.berth.installation.TenantCluster.assertDenied;
import static dev.berth.installation.TenantCluster.assertLetIn;
import static dev.berth.installation.TenantCluster.awaitPolicies;
import static dev.berth.installation.TenantCluster.awaitPriorityClass;
import static dev.berth.installation.TenantCluster.denialOf;
import static dev.berth.installation.TenantCluster.podOf;
import static dev.berth.installation.TenantCluster.sandboxed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No pod of a tenant gets anything at the cost of others (T1, T3, T4, T7, T10). */
class OverreachIT {

  private static final String NAMESPACE = "tenant-overreach";
  private static final String GENEROUS = "tenant-generous";
  private static final String POOL =
      "'berth.dev/node-selector': 'kubernetes.azure.com/kata-vm-isolation=true'";
  private static final String PLAIN = "{'containers': [{'name': 'c', 'image': 'i'}]}";

  private static Caller administrator;

  @BeforeAll
  static void namespacesOfTwoPlans() {
    administrator = Caller.administrator();
    awaitPolicies();
    priorityClass("berth");
    priorityClass("low");
    sandboxed(NAMESPACE);
    sandboxed(
        GENEROUS,
        "kata-vm-isolation",
        POOL
            + ", 'berth.dev/priority-classes': 'low,system-node-critical', 'berth.dev/termination-grace': '3600',"
            + " 'berth.dev/resources': 'nvidia.com/gpu,hugepages-2Mi'");
  }

  private static void priorityClass(String name) {
    assertThat(
            administrator
                .post(
                    "/apis/scheduling.k8s.io/v1/priorityclasses",
                    "{'metadata': {'name': '%s'}, 'value': 1000000}".formatted(name))
                .code())
        .isIn(201, 409);
    awaitPriorityClass(name);
  }

  @ParameterizedTest
  @EnumSource
  void aPodThatAsksForMoreThanItsDueIsDenied(Overreach overreach) {
    Reply reply = podOf(administrator, NAMESPACE, overreach.annotations, overreach.pod(), DRY_RUN);

    assertDenied(reply, denialOf(overreach.policy), overreach.advice);
    assertThat(reply.message()).contains("what creates it");
  }

  @Test
  void whatThePlanGivesIsLetIn() {
    for (String pod :
        new String[] {
          "{'priorityClassName': 'low', 'terminationGracePeriodSeconds': 3600, 'containers': [{'name': 'c', 'image': 'i'}]}",
          "{'containers': [{'name': 'c', 'image': 'i', 'resources': {'limits':"
              + " {'cpu': '1', 'memory': '1Gi', 'nvidia.com/gpu': '1', 'hugepages-2Mi': '2Mi'}}}]}",
        }) {
      assertLetIn(podOf(administrator, GENEROUS, pod, DRY_RUN));
    }
    assertLetIn(
        podOf(
            administrator,
            NAMESPACE,
            "{'terminationGracePeriodSeconds': 600, 'containers': [{'name': 'c', 'image': 'i'}]}",
            DRY_RUN));
  }

  @Test
  void whatThePlanGivesHasAnEnd() {
    assertDenied(
        podOf(
            administrator,
            GENEROUS,
            "{'terminationGracePeriodSeconds': 3601, 'containers': [{'name': 'c', 'image': 'i'}]}",
            DRY_RUN),
        denialOf("berth-limits"),
        "at most 3600 s");
    assertDenied(
        podOf(
            administrator,
            GENEROUS,
            "{'priorityClassName': 'system-node-critical', 'containers': [{'name': 'c', 'image': 'i'}]}",
            DRY_RUN),
        denialOf("berth-limits"),
        "system-node-critical");
  }

  /** T3: numbers past the class are for the API server to refuse, and it does. */
  @ParameterizedTest
  @ValueSource(strings = {"'priority': 5", "'preemptionPolicy': 'Never'"})
  void aPriorityWithoutAClassIsRefused(String field) {
    Reply reply =
        podOf(
            administrator,
            NAMESPACE,
            "{%s, 'containers': [{'name': 'c', 'image': 'i'}]}".formatted(field),
            DRY_RUN);

    assertThat(reply.message()).contains("must not be provided in pod spec");
    assertThat(reply.code()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.katacontainers.config.hypervisor.virtio_fs_extra_args",
        "io.katacontainers.config_path",
        "io.containerd.rdt-class",
        "io.kubernetes.cri-o.userns-mode",
        "io.kubernetes.container.hash",
        "io.microsoft.virtualmachine.computetopology",
        "cpu-quota.crio.io",
        "devices.nri.io/container.c",
        "cdi.k8s.io/gpu",
        "nvidia.cdi.k8s.io/gpu",
        "dev.gvisor.spec.mount.a.type",
        "run.oci.handler",
        "org.systemd.property.CPUQuota",
        "k8s.v1.cni.cncf.io/networks",
        "cni.projectcalico.org/ipAddrs",
        "ipam.cilium.io/ip-pool",
        "scheduler.alpha.kubernetes.io/critical-pod"
      })
  void anAnnotationThatIsAnOrderToTheNodeIsDenied(String key) {
    Reply reply = podOf(administrator, NAMESPACE, "'%s': 'x'".formatted(key), PLAIN, DRY_RUN);

    assertDenied(reply, denialOf("berth-annotations"), "\"" + key + "\"");
  }

  @Test
  void aContainerWithoutAppArmorIsDenied() {
    String key = "container.apparmor.security.beta.kubernetes.io/c";

    assertDenied(
        podOf(administrator, NAMESPACE, "'%s': 'unconfined'".formatted(key), PLAIN, DRY_RUN),
        denialOf("berth-annotations"),
        key);
    assertLetIn(
        podOf(administrator, NAMESPACE, "'%s': 'runtime/default'".formatted(key), PLAIN, DRY_RUN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prometheus.io/scrape",
        "kubectl.kubernetes.io/restartedAt",
        "config.kubernetes.io/origin",
        "cri-orange/x",
        "example.com/io.katacontainers.x",
        "note"
      })
  void otherAnnotationsAreFree(String key) {
    assertLetIn(podOf(administrator, NAMESPACE, "'%s': 'x'".formatted(key), PLAIN, DRY_RUN));
  }

  @Test
  void anOrderIsNotAddedLaterButThoseOfTheClusterStay() {
    sandboxed("tenant-ordered");
    String path = NAMESPACES + "tenant-ordered/pods/p";
    assertLetIn(podOf(administrator, "tenant-ordered", PLAIN, ""));
    String order = "{'metadata': {'annotations': {'io.katacontainers.%s': 'x'}}}";
    Caller engine =
        Caller.administratorNamed(
            "system:serviceaccount:kube-system:engine", "system:serviceaccounts:kube-system");

    assertDenied(
        administrator.merge(path, order.formatted("a")),
        denialOf("berth-annotations"),
        "\"io.kata");
    assertLetIn(engine.merge(path, order.formatted("b")));
    assertLetIn(administrator.merge(path, "{'metadata': {'labels': {'a': 'b'}}}"));
    assertLetIn(
        administrator.merge(path, "{'metadata': {'annotations': {'io.katacontainers.b': null}}}"));
  }

  @Test
  void aPodWithTwoHundredContainersIsJudgedToo() {
    StringBuilder containers = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      containers.append(
          "%s{'name': 'c%d', 'image': 'i', 'livenessProbe': {'httpGet': {'port': 80}}}"
              .formatted(i == 0 ? "" : ", ", i));
    }

    assertLetIn(
        podOf(administrator, NAMESPACE, "{'containers': [%s]}".formatted(containers), DRY_RUN));
  }
}
