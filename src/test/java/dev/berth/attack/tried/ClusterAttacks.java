package dev.berth.attack.tried;

import static dev.berth.attack.Guard.BERTH_RESTRAINT;
import static dev.berth.attack.Guard.RBAC;
import static dev.berth.attack.Identity.BERTH;
import static dev.berth.attack.Identity.OWNER;
import static dev.berth.attack.Identity.WORKLOAD;
import static dev.berth.attack.Paths.ADMISSION;
import static dev.berth.attack.Paths.KUBE_SYSTEM;
import static dev.berth.attack.Paths.NAMESPACES;
import static dev.berth.attack.Paths.RUNTIME_CLASSES;
import static dev.berth.attack.Request.create;
import static dev.berth.attack.Request.delete;
import static dev.berth.attack.Request.merge;
import static dev.berth.attack.Request.read;

import dev.berth.attack.Attack;
import dev.berth.attack.Guard;
import dev.berth.attack.Paths;
import dev.berth.attack.Pods;
import dev.berth.attack.Request;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What stands above the tenants. Only the role stands in the way here: whoever is administrator of
 * the cluster may change all of it.
 */
final class ClusterAttacks {
  private static final String CLASS = RUNTIME_CLASSES + "/kata-vm-isolation";

  private ClusterAttacks() {}

  static Stream<Attack> all() {
    return Stream.concat(
        Stream.of(classes(), policies(), others())
            .flatMap(Function.identity())
            .map(it -> it.by(OWNER, RBAC)),
        Stream.concat(
            secrets().flatMap(it -> Stream.of(it.by(OWNER, RBAC), it.by(WORKLOAD, RBAC))),
            byBerth().map(it -> it.by(BERTH, BERTH_RESTRAINT))));
  }

  private static Stream<Request> classes() {
    return Stream.of(
        create(
            "a class of its own",
            RUNTIME_CLASSES,
            "{'metadata': {'name': 'mine'}, 'handler': 'runc'}"),
        merge(
            "another overhead of the class",
            CLASS,
            "{'overhead': {'podFixed': {'memory': '1Mi'}}}"),
        merge("other nodes of the class", CLASS, "{'scheduling': null}"),
        delete("no sandbox class", CLASS),
        delete("no probe", RUNTIME_CLASSES + "/berth-probe"));
  }

  private static Stream<Request> policies() {
    String policies = ADMISSION + "validatingadmissionpolicies";
    Stream<Request> bindings =
        Arrays.stream(Guard.values())
            .filter(guard -> guard.name().startsWith("BERTH_"))
            .map(guard ->
                delete(
                    "no binding of " + guard.policy(),
                    ADMISSION + "validatingadmissionpolicybindings/" + guard.policy()));
    return Stream.concat(
        bindings,
        Stream.of(
            delete("no sandbox policy", policies + "/berth-sandbox"),
            merge(
                "CVE-2025-46342: a policy that fails open",
                policies + "/berth-sandbox",
                "{'spec': {'failurePolicy': 'Ignore'}}"),
            merge(
                "a policy that only warns",
                ADMISSION + "validatingadmissionpolicybindings/berth-sandbox",
                "{'spec': {'validationActions': ['Warn']}}"),
            delete("no default", ADMISSION + "mutatingadmissionpolicies/berth-sandbox-default"),
            create(
                "a webhook",
                ADMISSION + "mutatingwebhookconfigurations",
                "{'metadata': {'name': 'mine'}, 'webhooks': []}")));
  }

  private static Stream<Request> others() {
    String csr =
        "{'metadata': {'name': 'me'}, 'spec': {'request': 'YQ==', 'signerName': 'kubernetes.io/kube-apiserver-client', 'usages': ['client auth']}}";
    return Stream.of(
        create(
            "cluster-admin",
            Paths.RBAC + "clusterrolebindings",
            """
            {'metadata': {'name': 'mine'}, 'subjects': [{'kind': 'User', 'name': 'owner'}],
             'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'cluster-admin'}}\
            """),
        create("a certificate", "/apis/certificates.k8s.io/v1/certificatesigningrequests", csr),
        create(
            "a volume of a node",
            "/api/v1/persistentvolumes",
            "{'metadata': {'name': 'v'}, 'spec': {'capacity': {'storage': '1Gi'}, 'accessModes': ['ReadWriteOnce'], 'hostPath': {'path': '/'}}}"),
        create(
            "CVE-2026-22872: a priority of its own",
            "/apis/scheduling.k8s.io/v1/priorityclasses",
            "{'metadata': {'name': 'mine'}, 'value': 1}"),
        create(
            "CVE-2026-65835: a class of storage",
            "/apis/storage.k8s.io/v1/storageclasses",
            "{'metadata': {'name': 'mine'}, 'provisioner': 'a/b'}"),
        merge(
            "a node that is Kata's",
            "/api/v1/nodes/n",
            "{'metadata': {'labels': {'kubernetes.azure.com/kata-vm-isolation': 'true'}}}"),
        read("the kubelet", "/api/v1/nodes/n/proxy/pods"),
        create("a token of Berth", Paths.BERTH + "/serviceaccounts/berth/token", "{'spec': {}}"),
        create(
            "a pod beside Berth",
            Paths.BERTH + "/pods",
            Pods.withSpec("{'serviceAccountName': 'berth'}")),
        delete("no Berth", Paths.BERTH + "/serviceaccounts/berth"),
        create("a pod among the system's", KUBE_SYSTEM + "/pods", Pods.harmless()));
  }

  private static Stream<Request> secrets() {
    return Stream.of(
        read("Berth's secrets", Paths.BERTH + "/secrets"),
        read("Berth's pods", Paths.BERTH + "/pods"),
        read("the system's secrets", KUBE_SYSTEM + "/secrets"),
        read("every secret", "/api/v1/secrets"),
        read("every pod", "/api/v1/pods"),
        read("every namespace", NAMESPACES),
        read("the nodes", "/api/v1/nodes"));
  }

  /** With Berth's own rights, beyond the tenants. */
  private static Stream<Request> byBerth() {
    return Stream.of(
        create("a namespace that is no tenant's", NAMESPACES, "{'metadata': {'name': 'mine'}}"),
        merge(
            "CVE-2024-39690: the system as a tenant",
            KUBE_SYSTEM,
            "{'metadata': {'labels': {'berth.dev/tenant': 'a'}}}"),
        delete("no namespace of Berth", Paths.BERTH),
        create(
            "access to the system",
            Paths.RBAC + "namespaces/kube-system/rolebindings",
            """
            {'metadata': {'name': 'b'}, 'subjects': [{'kind': 'Group', 'name': 'friends'}],
             'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'berth-tenant-admin'}}\
            """));
  }
}
