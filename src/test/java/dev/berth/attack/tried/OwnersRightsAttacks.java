package dev.berth.attack.tried;

import static dev.berth.attack.Guard.RBAC;
import static dev.berth.attack.Identity.OWNER;
import static dev.berth.attack.Identity.VIEWER;
import static dev.berth.attack.Paths.ALPHA;
import static dev.berth.attack.Paths.BERTH;
import static dev.berth.attack.Paths.BETA;
import static dev.berth.attack.Paths.NAMESPACES;
import static dev.berth.attack.Request.create;
import static dev.berth.attack.Request.delete;
import static dev.berth.attack.Request.merge;
import static dev.berth.attack.Request.read;

import dev.berth.attack.Attack;
import dev.berth.attack.Paths;
import dev.berth.attack.Request;
import java.util.function.Function;
import java.util.stream.Stream;

/** What owners have of their own, tried where it is not theirs, and by those who only read. */
final class OwnersRightsAttacks {
  private static final String AUTOSCALING = "/apis/autoscaling/v2/namespaces/%s/";
  private static final String POLICY = "/apis/policy/v1/namespaces/%s/poddisruptionbudgets";
  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/%s/leases";
  private static final String ACCOUNT = "{'metadata': {'name': 'a'}}";
  private static final String BUDGET =
      "{'metadata': {'name': 'b'}, 'spec': {'maxUnavailable': 0, 'selector': {}}}";
  private static final String AUTOSCALER =
      """
      {'metadata': {'name': 'h'}, 'spec': {'maxReplicas': 9,
       'scaleTargetRef': {'apiVersion': 'apps/v1', 'kind': 'Deployment', 'name': 'd'}}}\
      """;

  private OwnersRightsAttacks() {}

  static Stream<Attack> all() {
    return Stream.of(elsewhere().map(it -> it.by(OWNER, RBAC)), viewers(), namespaces())
        .flatMap(Function.identity());
  }

  private static Stream<Request> elsewhere() {
    return Stream.of(
        create("an account at the neighbour's", BETA + "/serviceaccounts", ACCOUNT),
        create("an account of the cluster", Paths.KUBE_SYSTEM + "/serviceaccounts", ACCOUNT),
        merge("another account of Berth", BERTH + "/serviceaccounts/berth", ACCOUNT),
        create("a budget for the neighbour's pods", POLICY.formatted("tenant-beta"), BUDGET),
        create("a budget for Berth's pods", POLICY.formatted("berth-system"), BUDGET),
        create(
            "an autoscaler for Berth",
            AUTOSCALING.formatted("berth-system") + "horizontalpodautoscalers",
            AUTOSCALER),
        create(
            "a lease of Berth's", LEASES.formatted("berth-system"), "{'metadata': {'name': 'l'}}"),
        delete(
            "no lease of the controllers",
            LEASES.formatted("kube-system") + "/kube-controller-manager"),
        merge(
            "a heartbeat of a node",
            LEASES.formatted("kube-node-lease") + "/kata-0",
            "{'spec': {'leaseDurationSeconds': 1}}"));
  }

  private static Stream<Attack> viewers() {
    return Stream.of(
            create("an account", ALPHA + "/serviceaccounts", ACCOUNT),
            create("a budget", POLICY.formatted("tenant-alpha"), BUDGET),
            create(
                "an autoscaler",
                AUTOSCALING.formatted("tenant-alpha") + "horizontalpodautoscalers",
                AUTOSCALER),
            create("a lease", LEASES.formatted("tenant-alpha"), "{'metadata': {'name': 'l'}}"),
            create(
                "a token of the account", ALPHA + "/serviceaccounts/default/token", "{'spec': {}}"))
        .map(it -> it.by(VIEWER, RBAC));
  }

  private static Stream<Attack> namespaces() {
    return Stream.of(
            read("the neighbour's namespace", BETA),
            read("the namespace of Berth", BERTH),
            read("the tenants, by a selector", NAMESPACES + "?labelSelector=berth.dev/tenant"))
        .flatMap(it -> Stream.of(it.by(OWNER, RBAC), it.by(VIEWER, RBAC)));
  }
}
