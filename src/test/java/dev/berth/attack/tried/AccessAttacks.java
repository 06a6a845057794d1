package dev.berth.attack.tried;

import static dev.berth.attack.Guard.BERTH_MANAGED;
import static dev.berth.attack.Guard.RBAC;
import static dev.berth.attack.Identity.OPENED;
import static dev.berth.attack.Identity.OWNER;
import static dev.berth.attack.Identity.VIEWER;
import static dev.berth.attack.Identity.WORKLOAD;
import static dev.berth.attack.Identity.WORKLOAD_AS_ADMINISTRATOR;
import static dev.berth.attack.Identity.WORKLOAD_AS_BERTH;
import static dev.berth.attack.Paths.ALPHA;
import static dev.berth.attack.Request.create;
import static dev.berth.attack.Request.delete;
import static dev.berth.attack.Request.merge;
import static dev.berth.attack.Request.read;

import dev.berth.attack.Attack;
import dev.berth.attack.Paths;
import dev.berth.attack.Pods;
import dev.berth.attack.Request;
import java.util.function.Function;
import java.util.stream.Stream;

/** More rights than were given, in the own namespace. */
final class AccessAttacks {
  private static final String ROLES = Paths.RBAC + "clusterroles";

  private AccessAttacks() {}

  static Stream<Attack> all() {
    return Stream.of(bindings(), roles(), otherObjects(), viewers(), workloads())
        .flatMap(Function.identity());
  }

  private static Stream<Attack> bindings() {
    return Stream.of(
            binding("cluster-admin", "User", "owner"),
            binding("admin", "User", "owner"),
            binding("edit", "Group", "alpha-owners"),
            binding("view", "Group", "system:authenticated"),
            binding("berth-tenant-admin", "Group", "friends"),
            binding("berth-tenant-admin", "Group", "beta-owners"),
            binding("system:node", "User", "owner"),
            merge(
                "another group among the owners",
                Paths.ROLE_BINDINGS + "/berth-owner",
                "{'subjects': [{'kind': 'Group', 'name': 'friends'}]}"))
        .flatMap(it -> Stream.of(it.by(OWNER, RBAC), it.by(OPENED, BERTH_MANAGED)));
  }

  private static Request binding(String role, String kind, String subject) {
    return create(
        "CVE-2019-14436: the role %s for %s".formatted(role, subject),
        Paths.ROLE_BINDINGS,
        """
        {'metadata': {'name': 'b'}, 'subjects': [{'kind': '%s', 'name': '%s'}],
         'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': '%s'}}\
        """
            .formatted(kind, subject, role));
  }

  private static Stream<Attack> roles() {
    String everything = "[{'apiGroups': ['*'], 'resources': ['*'], 'verbs': ['*']}]";
    String aggregated =
        """
        {'metadata': {'name': 'mine', 'labels': {'rbac.authorization.k8s.io/aggregate-to-admin': 'true'}}, 'rules': %s}\
        """
            .formatted(everything);
    return Stream.of(
            create(
                "a role of its own",
                Paths.RBAC + "namespaces/tenant-alpha/roles",
                "{'metadata': {'name': 'mine'}, 'rules': %s}".formatted(everything)),
            create("a ClusterRole that feeds others", ROLES, aggregated),
            merge(
                "CVE-2023-30622: a wildcard in the role of tenants",
                ROLES + "/berth-tenant-admin",
                "{'rules': %s}".formatted(everything)),
            delete("no role of viewers", ROLES + "/berth-tenant-viewer"),
            create("a token of an account", ALPHA + "/serviceaccounts/a/token", "{'spec': {}}"),
            create(
                "CVE-2024-48921: an exception from policies",
                "/apis/kyverno.io/v2/namespaces/tenant-alpha/policyexceptions",
                "{'apiVersion': 'kyverno.io/v2', 'kind': 'PolicyException', 'metadata': {'name': 'e'}}"),
            read(
                "GHSA-c85r-fwc7-45vc: pods of another API group",
                "/apis/metrics.k8s.io/v1beta1/namespaces/tenant-alpha/pods"))
        .map(it -> it.by(OWNER, RBAC));
  }

  private static Stream<Attack> otherObjects() {
    return Stream.of(
            create(
                "an Ingress",
                "/apis/networking.k8s.io/v1/namespaces/tenant-alpha/ingresses",
                "{'metadata': {'name': 'i'}, 'spec': {'defaultBackend': {'service': {'name': 's', 'port': {'number': 80}}}}}"),
            create(
                "endpoints elsewhere",
                "/apis/discovery.k8s.io/v1/namespaces/tenant-alpha/endpointslices",
                """
                {'metadata': {'name': 'e'}, 'addressType': 'IPv4', 'ports': [],
                 'endpoints': [{'addresses': ['10.0.0.1']}]}\
                """),
            create(
                "a false event",
                ALPHA + "/events",
                "{'metadata': {'name': 'e'}, 'involvedObject': {'kind': 'Pod', 'namespace': 'tenant-alpha'}}"))
        .map(it -> it.by(OWNER, RBAC));
  }

  private static Stream<Attack> viewers() {
    return Stream.of(
            read("the secrets", ALPHA + "/secrets"),
            create("a pod", ALPHA + "/pods", Pods.harmless()),
            delete("no pod", ALPHA + "/pods/victim"),
            delete("no config map", ALPHA + "/configmaps"),
            create("a shell in a pod", ALPHA + "/pods/victim/exec?command=sh&stdout=true", ""),
            create("a port of a pod", ALPHA + "/pods/victim/portforward?ports=80", ""),
            create("a secret", ALPHA + "/secrets", "{'metadata': {'name': 's'}}"),
            binding("berth-tenant-admin", "Group", "alpha-viewers-1"))
        .map(it -> it.by(VIEWER, RBAC));
  }

  private static Stream<Attack> workloads() {
    return Stream.of(
        read("the secrets beside it", ALPHA + "/secrets").by(WORKLOAD, RBAC),
        read("the pods beside it", ALPHA + "/pods").by(WORKLOAD, RBAC),
        create("one more pod", ALPHA + "/pods", Pods.harmless()).by(WORKLOAD, RBAC),
        create("a token for later", ALPHA + "/serviceaccounts/default/token", "{'spec': {}}")
            .by(WORKLOAD, RBAC),
        binding("cluster-admin", "User", "system:serviceaccount:tenant-alpha:default")
            .by(WORKLOAD, RBAC),
        read("every secret", "/api/v1/secrets").by(WORKLOAD_AS_ADMINISTRATOR, RBAC),
        read("every namespace", Paths.NAMESPACES).by(WORKLOAD_AS_BERTH, RBAC));
  }
}
