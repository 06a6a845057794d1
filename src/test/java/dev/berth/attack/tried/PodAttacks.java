package dev.berth.attack.tried;

import static dev.berth.attack.Guard.BERTH_HOST_ACCESS;
import static dev.berth.attack.Guard.BERTH_LIMITS;
import static dev.berth.attack.Guard.BERTH_PLACEMENT;
import static dev.berth.attack.Guard.BERTH_SANDBOX;
import static dev.berth.attack.Guard.POD_SECURITY;
import static dev.berth.attack.Guard.RBAC;
import static dev.berth.attack.Guard.RUNTIME_CLASS_ADMISSION;
import static dev.berth.attack.Guard.SERVICE_ACCOUNT_ADMISSION;
import static dev.berth.attack.Identity.OPENED;
import static dev.berth.attack.Identity.OWNER;
import static dev.berth.attack.Paths.ALPHA;
import static dev.berth.attack.Paths.RELAXED;
import static dev.berth.attack.Request.create;
import static dev.berth.attack.Request.json;
import static dev.berth.attack.Request.merge;
import static dev.berth.attack.Request.read;
import static dev.berth.attack.Request.strategic;

import dev.berth.attack.Attack;
import dev.berth.attack.Guard;
import dev.berth.attack.Pods;
import dev.berth.attack.Request;
import dev.berth.installation.owner.HostAccess;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;

/** Pods outside the sandbox, out of it, or beside its nodes. */
final class PodAttacks {
  private static final String PRIVILEGED =
      """
      {'spec': {'ephemeralContainers': [{'name': 'e', 'image': 'i', 'securityContext':
        {'privileged': true, 'allowPrivilegeEscalation': true}}]}}\
      """;

  private PodAttacks() {}

  static Stream<Attack> all() {
    return Stream.of(classes(), escapes(), hostAccess(), placement(), runningPods())
        .flatMap(Function.identity());
  }

  private static Stream<Attack> classes() {
    return Stream.of(
            pod("a pod without a class", Pods.ofClass("null"), BERTH_SANDBOX),
            pod("a pod of another class", Pods.ofClass("'berth-probe'"), BERTH_SANDBOX),
            pod("a pod of the empty class", Pods.ofClass("''"), RUNTIME_CLASS_ADMISSION),
            pod("a pod of an unknown class", Pods.ofClass("'runc'"), RUNTIME_CLASS_ADMISSION),
            withSpec(
                "a pod that pays no overhead",
                "{'overhead': {'memory': '1Mi'}}",
                RUNTIME_CLASS_ADMISSION),
            withSpec(
                "a pod of Berth's ServiceAccount",
                "{'serviceAccountName': 'berth'}",
                SERVICE_ACCOUNT_ADMISSION))
        .flatMap(Function.identity());
  }

  /** By the pod security standard, where it is in force. */
  private static Stream<Attack> escapes() {
    return Stream.concat(
        Stream.of(
                "hostNetwork! {'hostNetwork': true}",
                "hostPID! {'hostPID': true}",
                "hostIPC! {'hostIPC': true}",
                "hostPath! {'volumes': [{'name': 'v', 'hostPath': {'path': '/'}}]}",
                "an NFS volume! {'volumes': [{'name': 'v', 'nfs': {'server': 's', 'path': '/'}}]}",
                "a privileged init container! {'initContainers': [{'name': 'i', 'image': 'i',"
                    + " 'securityContext': {'privileged': true}}]}",
                "an unsafe sysctl! {'securityContext': {'sysctls': [{'name': 'kernel.msgmax', 'value': '1'}]}}",
                "seccomp off! {'securityContext': {'seccompProfile': {'type': 'Unconfined'}}}",
                "the user root! {'securityContext': {'runAsUser': 0}}",
                "runAsNonRoot off! {'securityContext': {'runAsNonRoot': false}}",
                "AppArmor off! {'securityContext': {'appArmorProfile': {'type': 'Unconfined'}}}",
                "another SELinux type! {'securityContext': {'seLinuxOptions': {'type': 'spc_t'}}}",
                "a Windows host process! {'hostNetwork': true,"
                    + " 'securityContext': {'windowsOptions': {'hostProcess': true}}}",
                "an unmasked /proc! {'hostUsers': false, 'initContainers': [{'name': 'i', 'image': 'i',"
                    + " 'securityContext': {'procMount': 'Unmasked'}}]}")
            .map(it -> it.split("! "))
            .flatMap(it -> withSpec("a pod with " + it[0], it[1], POD_SECURITY)),
        Stream.of(
                "hostPort! {'ports': [{'containerPort': 80, 'hostPort': 80}]}",
                "privileged! {'securityContext': {'privileged': true, 'allowPrivilegeEscalation': true}}",
                "allowPrivilegeEscalation! {'securityContext': {'allowPrivilegeEscalation': true}}",
                "SYS_ADMIN! {'securityContext': {'capabilities': {'add': ['SYS_ADMIN']}}}",
                "NET_RAW kept! {'securityContext': {'capabilities': {'drop': []}}}",
                "seccomp off! {'securityContext': {'seccompProfile': {'type': 'Unconfined'}}}",
                "the user root! {'securityContext': {'runAsUser': 0}}",
                "AppArmor off! {'securityContext': {'appArmorProfile': {'type': 'Unconfined'}}}")
            .map(it -> it.split("! "))
            .flatMap(
                it -> pod("a container with " + it[0], Pods.withContainer(it[1]), POD_SECURITY)));
  }

  /** Where no pod security standard is left that could speak first. */
  private static Stream<Attack> hostAccess() {
    return Stream.concat(
        Arrays.stream(HostAccess.values())
            .map(access ->
                create(
                        "without pod security, " + access.name(),
                        RELAXED + "/pods",
                        "{'metadata': {'generateName': 'p-'}, 'spec': %s}"
                            .formatted(
                                access.pod.replaceFirst(
                                    "\\{", "{'runtimeClassName': 'kata-vm-isolation', ")))
                    .by(OPENED, BERTH_HOST_ACCESS)),
        Stream.of("system-node-critical", "system-cluster-critical")
            .flatMap(name ->
                withSpec(
                    "a pod of priority " + name,
                    "{'priorityClassName': '%s'}".formatted(name),
                    BERTH_LIMITS)));
  }

  private static Stream<Attack> placement() {
    return Stream.concat(
        Stream.of(
                "that names its node! {'nodeName': 'aks-system-00000000-vmss000000'}",
                "that tolerates everything! {'tolerations': [{'operator': 'Exists'}]}",
                "that tolerates the taint of system nodes! {'tolerations':"
                    + " [{'key': 'CriticalAddonsOnly', 'operator': 'Exists'}]}",
                "that tolerates the control plane! {'tolerations':"
                    + " [{'key': 'node-role.kubernetes.io/control-plane', 'operator': 'Exists'}]}",
                "that selects a node by name! {'nodeSelector': {'kubernetes.io/hostname': 'a'}}",
                "that selects another pool! {'nodeSelector': {'kubernetes.azure.com/agentpool': 'system'}}",
                "that selects system nodes! {'nodeSelector': {'kubernetes.azure.com/mode': 'system'}}",
                "that flees from Kata by affinity! {'affinity': {'nodeAffinity':"
                    + " {'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms': [{'matchExpressions':"
                    + " [{'key': 'kubernetes.azure.com/kata-vm-isolation', 'operator': 'DoesNotExist'}]}]}}}}")
            .map(it -> it.split("! "))
            .flatMap(it -> withSpec("a pod " + it[0], it[1], BERTH_PLACEMENT)),
        withSpec(
            "a pod that selects against its class",
            "{'nodeSelector': {'kubernetes.azure.com/kata-vm-isolation': 'false'}}",
            RUNTIME_CLASS_ADMISSION));
  }

  private static Stream<Attack> runningPods() {
    String victim = ALPHA + "/pods/victim";
    String tolerate =
        "[{'op': 'add', 'path': '/spec/tolerations/-', 'value': {'key': 'a', 'operator': 'Exists'}}]";
    String container = "{'spec': {'ephemeralContainers': [{'name': 'e', 'image': 'i'}]}}";
    String size =
        "{'spec': {'containers': [{'name': 'c', 'resources': {'limits': {'memory': '1Gi'}}}]}}";
    String node =
        "{'metadata': {'name': 'victim'}, 'target': {'kind': 'Node', 'name': 'aks-system-00000000-vmss000000'}}";
    String debug = "/ephemeralcontainers";
    return Stream.of(
        json("a toleration added later", victim, tolerate).by(OWNER, BERTH_PLACEMENT),
        json("a toleration added later", victim, tolerate).by(OPENED, BERTH_PLACEMENT),
        strategic("an ephemeral container", victim + debug, container).by(OWNER, RBAC),
        strategic("a privileged ephemeral container", victim + debug, PRIVILEGED)
            .by(OPENED, POD_SECURITY),
        strategic(
                "without pod security, a privileged ephemeral container",
                RELAXED + "/pods/victim" + debug,
                PRIVILEGED)
            .by(OPENED, BERTH_HOST_ACCESS),
        strategic("another size", victim + "/resize", size).by(OWNER, RBAC),
        create("a pod bound to a node by hand", victim + "/binding", node).by(OWNER, RBAC),
        merge("a status of its own", victim + "/status", "{'status': {'phase': 'Failed'}}")
            .by(OWNER, RBAC),
        read("the proxy to a pod", victim + "/proxy/").by(OWNER, RBAC));
  }

  private static Stream<Attack> withSpec(String name, String change, Guard guard) {
    return pod(name, Pods.withSpec(change), guard);
  }

  private static Stream<Attack> pod(String name, String pod, Guard guard) {
    Request request = create(name, ALPHA + "/pods", pod);
    return Stream.of(request.by(OWNER, guard), request.by(OPENED, guard));
  }
}
