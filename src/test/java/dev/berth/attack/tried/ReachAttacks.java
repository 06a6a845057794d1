package dev.berth.attack.tried;

import static dev.berth.attack.Guard.BERTH_ANNOTATIONS;
import static dev.berth.attack.Guard.BERTH_DAEMONSETS;
import static dev.berth.attack.Guard.BERTH_HOST_ACCESS;
import static dev.berth.attack.Guard.BERTH_IMAGES;
import static dev.berth.attack.Guard.BERTH_LIMITS;
import static dev.berth.attack.Guard.BERTH_PLACEMENT;
import static dev.berth.attack.Guard.BERTH_SECRETS;
import static dev.berth.attack.Guard.BERTH_SERVICES;
import static dev.berth.attack.Guard.BERTH_STORAGE;
import static dev.berth.attack.Request.create;
import static dev.berth.attack.Request.merge;

import dev.berth.attack.Attack;
import dev.berth.attack.Guard;
import dev.berth.attack.Identity;
import dev.berth.attack.Paths;
import dev.berth.attack.Pods;
import dev.berth.attack.Request;
import dev.berth.installation.owner.Workload;
import java.util.function.Function;
import java.util.stream.Stream;

/** What an owner may make, made so that it reaches others. */
final class ReachAttacks {
  private static final String REQUIRED =
      "{'affinity': {'%s': {'requiredDuringSchedulingIgnoredDuringExecution': [%s]}}}";
  private static final String PREFERRED =
      "{'affinity': {'%s': {'preferredDuringSchedulingIgnoredDuringExecution':"
          + " [{'weight': 1, 'podAffinityTerm': %s}]}}}";
  private static final String BESIDE_BETA =
      "{'topologyKey': 'kubernetes.io/hostname', 'labelSelector': {}, 'namespaces': ['tenant-beta']}";
  private static final String BESIDE_ALL =
      "{'topologyKey': 'kubernetes.io/hostname', 'labelSelector': {}, 'namespaceSelector': {}}";

  private ReachAttacks() {}

  static Stream<Attack> all() {
    return Stream.of(services(), secrets(), affinity(), claims(), pods(), daemons())
        .flatMap(Function.identity())
        .flatMap(Function.identity());
  }

  private static Stream<Stream<Attack>> services() {
    return Stream.concat(
        Stream.of(
                "CVE-2020-8554: a service that takes an address of the cluster! 'externalIPs': ['10.0.0.1']",
                "CVE-2020-8554: a service that takes an address of the world! 'externalIPs': ['203.0.113.7']",
                "a port on every node! 'type': 'NodePort'",
                "a port of the nodes that it chose! 'type': 'LoadBalancer', 'allocateLoadBalancerNodePorts': true,"
                    + " 'ports': [{'port': 80, 'nodePort': 30080}]",
                "an address of the cluster that it chose! 'clusterIP': '10.0.77.7'",
                "a load balancer with an address that it chose! 'type': 'LoadBalancer', 'loadBalancerIP': '203.0.113.7'",
                "a load balancer of another kind! 'type': 'LoadBalancer', 'loadBalancerClass': 'a/b'",
                "the name of the metadata service! 'type': 'ExternalName', 'externalName': 'metadata.google.internal'")
            .map(it -> it.split("! "))
            .map(it -> both(service(it[0], "", it[1]), BERTH_SERVICES)),
        Stream.of(
                "service.beta.kubernetes.io/azure-load-balancer-ipv4",
                "service.beta.kubernetes.io/azure-load-balancer-resource-group",
                "external-dns.alpha.kubernetes.io/hostname")
            .map(key ->
                both(
                    service(
                        "a service with " + key, "'%s': 'x'".formatted(key), "'type': 'ClusterIP'"),
                    BERTH_SERVICES)));
  }

  private static Request service(String name, String annotations, String spec) {
    String ports = spec.contains("'ports'") ? "" : ", 'ports': [{'port': 443}]";
    return create(
        name,
        Paths.ALPHA + "/services",
        "{'metadata': {'generateName': 's-', 'annotations': {%s}}, 'spec': {%s}}"
            .formatted(annotations, spec + ports));
  }

  private static Stream<Stream<Attack>> secrets() {
    return Stream.of(
        both(
            create(
                "a token that never expires",
                Paths.ALPHA + "/secrets",
                """
                {'metadata': {'generateName': 't-', 'annotations': {'kubernetes.io/service-account.name': 'default'}},
                 'type': 'kubernetes.io/service-account-token'}\
                """),
            BERTH_SECRETS));
  }

  private static Stream<Stream<Attack>> affinity() {
    return Stream.of(
        both(pod("that goes where the neighbour is", REQUIRED, "podAffinity", BESIDE_BETA)),
        both(pod("that keeps the neighbour away", REQUIRED, "podAntiAffinity", BESIDE_BETA)),
        both(pod("that keeps everybody away", REQUIRED, "podAntiAffinity", BESIDE_ALL)),
        both(pod("that prefers the neighbour", PREFERRED, "podAffinity", BESIDE_BETA)),
        both(pod("that avoids everybody", PREFERRED, "podAntiAffinity", BESIDE_ALL)));
  }

  private static Stream<Stream<Attack>> claims() {
    return Stream.of(
            "a volume of any class! 'storageClassName': 'of-the-platform'",
            "a volume that it chose! 'volumeName': 'of-beta'",
            "a volume by its labels! 'selector': {'matchLabels': {'tenant': 'beta'}}")
        .map(it -> it.split("! "))
        .map(it ->
            both(
                create(
                    it[0],
                    Paths.ALPHA + "/persistentvolumeclaims",
                    """
                    {'metadata': {'generateName': 'v-'}, 'spec': {%s, 'accessModes': ['ReadWriteOnce'],
                     'resources': {'requests': {'storage': '1Mi'}}}}\
                    """
                        .formatted(it[1])),
                BERTH_STORAGE));
  }

  private static Stream<Stream<Attack>> pods() {
    String metadataService =
        "{'livenessProbe': {'httpGet': {'host': '169.254.169.254', 'port': 80}}}";
    return Stream.of(
        both(
            create(
                "CVE-2026-44210: a pod with orders to its hypervisor",
                Paths.ALPHA + "/pods",
                Pods.annotated("io.katacontainers.config.hypervisor.kernel_params")),
            BERTH_ANNOTATIONS),
        both(
            merge(
                "orders to the hypervisor given later",
                Paths.ALPHA + "/pods/victim",
                "{'metadata': {'annotations': {'io.katacontainers.config_path': '/x'}}}"),
            BERTH_ANNOTATIONS),
        both(
            container("a pod that has its node ask the metadata service", metadataService),
            BERTH_HOST_ACCESS),
        both(
            container(
                "the image of a neighbour", "{'image': 'beta:1', 'imagePullPolicy': 'Never'}"),
            BERTH_IMAGES),
        both(
            container("a device", "{'resources': {'limits': {'nvidia.com/gpu': '8'}}}"),
            BERTH_LIMITS),
        both(spec("a pod of Berth's own priority", "{'priorityClassName': 'berth'}"), BERTH_LIMITS),
        both(
            spec("a pod that never ends", "{'terminationGracePeriodSeconds': 3153600000}"),
            BERTH_LIMITS),
        both(
            spec(
                "a node by its name",
                "{'affinity': {'nodeAffinity': {'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms':"
                    + " [{'matchFields': [{'key': 'metadata.name', 'operator': 'In', 'values': ['n']}]}]}}}}"),
            BERTH_PLACEMENT),
        both(spec("a pod of another scheduler", "{'schedulerName': 'own'}"), BERTH_PLACEMENT));
  }

  private static Stream<Stream<Attack>> daemons() {
    String affinity =
        "'affinity': {'nodeAffinity': {'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms':"
            + " [{'matchExpressions': [{'key': 'agentpool', 'operator': 'In', 'values': ['system']}]}]}}}";
    return Stream.of(
        both(
            create(
                "a daemon set on nodes that it chose",
                Workload.DAEMON_SET.collection("tenant-alpha"),
                Workload.DAEMON_SET.of(
                    "{%s, 'containers': [{'name': 'c', 'image': 'i'}]}".formatted(affinity))),
            BERTH_DAEMONSETS));
  }

  private static Request container(String name, String change) {
    return create(name, Paths.ALPHA + "/pods", Pods.withContainer(change));
  }

  private static Request spec(String name, String change) {
    return create(name, Paths.ALPHA + "/pods", Pods.withSpec(change));
  }

  private static Request pod(String name, String affinity, String kind, String term) {
    return create(
        "a pod " + name, Paths.ALPHA + "/pods", Pods.withSpec(affinity.formatted(kind, term)));
  }

  private static Stream<Attack> both(Request request) {
    return both(request, BERTH_PLACEMENT);
  }

  private static Stream<Attack> both(Request request, Guard guard) {
    return Stream.of(request.by(Identity.OWNER, guard), request.by(Identity.OPENED, guard));
  }
}
