package dev.berth.attack.tried;

import static dev.berth.attack.Guard.RBAC;
import static dev.berth.attack.Identity.ANONYMOUS;
import static dev.berth.attack.Identity.NEIGHBOUR;
import static dev.berth.attack.Identity.NEIGHBOURS_WORKLOAD;
import static dev.berth.attack.Identity.OWNER;
import static dev.berth.attack.Identity.STRANGER;
import static dev.berth.attack.Identity.VIEWER;
import static dev.berth.attack.Identity.WORKLOAD;
import static dev.berth.attack.Paths.ALPHA;
import static dev.berth.attack.Paths.BETA;
import static dev.berth.attack.Request.create;
import static dev.berth.attack.Request.delete;
import static dev.berth.attack.Request.merge;
import static dev.berth.attack.Request.read;

import dev.berth.attack.Attack;
import dev.berth.attack.Paths;
import dev.berth.attack.Pods;
import dev.berth.installation.owner.Workload;
import java.util.function.Function;
import java.util.stream.Stream;

/** What belongs to the other tenant. */
final class NeighbourAttacks {
  private NeighbourAttacks() {}

  static Stream<Attack> all() {
    return Stream.of(owners(), elsewhere()).flatMap(Function.identity());
  }

  private static Stream<Attack> owners() {
    String pods = ALPHA + "/pods";
    return Stream.of(
            read("the neighbour's pods", pods),
            read("one of the neighbour's pods", pods + "/victim"),
            read("the neighbour's secrets", ALPHA + "/secrets"),
            read("a secret by its name", ALPHA + "/secrets/s"),
            read("the neighbour's config maps", ALPHA + "/configmaps"),
            read("the neighbour's log", pods + "/victim/log"),
            read("the neighbour's quota", ALPHA + "/resourcequotas/berth"),
            read("the neighbour's bindings", Paths.ROLE_BINDINGS),
            read("the neighbour's other namespace", Paths.RELAXED + "/pods"),
            create("a shell at the neighbour's", pods + "/victim/exec?command=sh&stdout=true", ""),
            create("a port at the neighbour's", pods + "/victim/portforward?ports=80", ""),
            create("a pod at the neighbour's", pods, Pods.harmless()),
            create("an eviction", pods + "/victim/eviction", "{'metadata': {'name': 'victim'}}"),
            create(
                "a deployment at the neighbour's",
                Workload.DEPLOYMENT.collection("tenant-alpha"),
                Workload.DEPLOYMENT.of(Pods.specOfClass("'kata-vm-isolation'"))),
            merge(
                "a label at the neighbour's pod",
                pods + "/victim",
                "{'metadata': {'labels': {'a': 'b'}}}"),
            delete("no pod at the neighbour's", pods),
            merge(
                "a label at the neighbour's namespace",
                ALPHA,
                "{'metadata': {'labels': {'a': 'b'}}}"),
            delete("no neighbour", ALPHA))
        .map(it -> it.by(NEIGHBOUR, RBAC));
  }

  private static Stream<Attack> elsewhere() {
    return Stream.of(
        read("the neighbour's secrets", BETA + "/secrets").by(OWNER, RBAC),
        create("a pod at the neighbour's", BETA + "/pods", Pods.harmless()).by(OWNER, RBAC),
        read("the neighbour's pods", BETA + "/pods").by(VIEWER, RBAC),
        read("the neighbour's pods", BETA + "/pods").by(WORKLOAD, RBAC),
        read("the neighbour's secrets", BETA + "/secrets").by(WORKLOAD, RBAC),
        read("CVE-2023-46254: an account of the same name", ALPHA + "/pods")
            .by(NEIGHBOURS_WORKLOAD, RBAC),
        read("its secrets", ALPHA + "/secrets").by(NEIGHBOURS_WORKLOAD, RBAC),
        read("CVE-2023-48312: secrets for an empty token", ALPHA + "/secrets").by(ANONYMOUS, RBAC),
        read("pods for an empty token", ALPHA + "/pods").by(ANONYMOUS, RBAC),
        read("somebody's pods", ALPHA + "/pods").by(STRANGER, RBAC),
        read("somebody's secrets", ALPHA + "/secrets").by(STRANGER, RBAC),
        create("a pod at somebody's", ALPHA + "/pods", Pods.harmless()).by(STRANGER, RBAC),
        read("the tenants", Paths.NAMESPACES).by(STRANGER, RBAC));
  }
}
