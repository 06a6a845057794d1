package dev.berth.installation.owner;

import static dev.berth.installation.TenantCluster.sandboxed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;
import dev.berth.installation.TenantCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may do what in a tenant's namespace, as the API server judges it. */
class RightsIT {

  private static final String NAMESPACE = "tenant-rights";
  private static final String BERTH = "'user': 'system:serviceaccount:berth-system:berth'";
  private static final String OWNER = "'user': 'o', 'groups': ['rights-owners']";
  private static final String VIEWER = "'user': 'v', 'groups': ['rights-viewers']";

  private static final List<String> READ = List.of("get", "list", "watch");
  private static final List<String> WRITE =
      List.of("create", "update", "patch", "delete", "deletecollection");
  private static final List<String> ALL = Stream.concat(READ.stream(), WRITE.stream()).toList();

  private static final List<String> OF_THE_TENANT =
      List.of(
          "/pods",
          "/configmaps",
          "/services",
          "/persistentvolumeclaims",
          "apps/deployments",
          "apps/statefulsets",
          "apps/daemonsets",
          "batch/jobs",
          "batch/cronjobs",
          "autoscaling/horizontalpodautoscalers",
          "policy/poddisruptionbudgets",
          "coordination.k8s.io/leases");

  /** What the cluster makes of it, and what `kubectl get all` and `describe` ask for. */
  private static final List<String> OF_THE_CLUSTER =
      List.of(
          "/replicationcontrollers", "apps/controllerrevisions", "discovery.k8s.io/endpointslices");

  private static final List<String> OF_BERTH =
      List.of(
          "/resourcequotas",
          "/limitranges",
          "networking.k8s.io/networkpolicies",
          "rbac.authorization.k8s.io/rolebindings");
  private static final List<String> OF_NOBODY =
      List.of(
          "/pods/resize",
          "/pods/ephemeralcontainers",
          "/serviceaccounts/token",
          "/namespaces",
          "rbac.authorization.k8s.io/roles",
          "/resourcequotas/status",
          "networking.k8s.io/ingresses");

  private static Caller administrator;

  @BeforeAll
  static void aNamespaceWithOwnersAndViewers() {
    administrator = Caller.administrator();
    sandboxed(NAMESPACE);
    grant("berth-owner", "berth-tenant-admin", "rights-owners");
    grant("berth-viewer", "berth-tenant-viewer", "rights-viewers");
    await().until(() -> may(OWNER, "get", "/pods") && may(VIEWER, "get", "/pods"));
  }

  @Test
  void ownersDoEverythingWithTheirWorkloads() {
    assertThat(allowed(OWNER, ALL, OF_THE_TENANT)).containsAll(pairs(ALL, OF_THE_TENANT));
    assertThat(allowed(OWNER, ALL, List.of("/secrets")))
        .containsAll(pairs(ALL, List.of("/secrets")));
    assertThat(
            allowed(
                OWNER,
                List.of("create"),
                List.of("/pods/exec", "/pods/portforward", "/pods/attach", "/pods/eviction")))
        .hasSize(4);
    assertThat(may(OWNER, "get", "/pods/log")).isTrue();
  }

  @Test
  void ownersHaveServiceAccountsOfTheirOwnButNotAllAtOnce() {
    assertThat(allowed(OWNER, ALL, List.of("/serviceaccounts")))
        .hasSize(ALL.size() - 1)
        .doesNotContain("deletecollection /serviceaccounts");
    assertThat(allowed(VIEWER, ALL, List.of("/serviceaccounts"))).hasSize(READ.size());
  }

  @Test
  void bothReadTheirOwnNamespaceAndNoOther() {
    for (String who : List.of(OWNER, VIEWER)) {
      assertThat(allowed(who, ALL, List.of("/namespaces"))).containsExactly("get /namespaces");
      assertThat(allowed(who, ALL, OF_THE_CLUSTER))
          .containsExactlyElementsOf(pairs(READ, OF_THE_CLUSTER));
    }
    Caller viewer = Caller.memberOf("rights-viewers");
    assertThat(viewer.get(TenantCluster.NAMESPACES + NAMESPACE).code()).isEqualTo(200);
    assertThat(viewer.get(TenantCluster.NAMESPACES + "kube-system").code()).isEqualTo(403);
    assertThat(viewer.get("/api/v1/namespaces").code()).isEqualTo(403);
  }

  @Test
  void ownersReadWhatIsBerthsAndWriteNoneOfIt() {
    assertThat(allowed(OWNER, ALL, OF_BERTH)).containsExactlyElementsOf(pairs(READ, OF_BERTH));
    assertThat(allowed(OWNER, WRITE, List.of("/events"))).isEmpty();
    assertThat(allowed(OWNER, READ, List.of("/events", "events.k8s.io/events"))).hasSize(6);
    assertThat(allowed(OWNER, WRITE, OF_NOBODY)).isEmpty();
  }

  @Test
  void viewersReadTheSameButNoSecretsAndEnterNoPod() {
    assertThat(allowed(VIEWER, ALL, OF_THE_TENANT))
        .containsExactlyElementsOf(pairs(READ, OF_THE_TENANT));
    assertThat(allowed(VIEWER, ALL, OF_BERTH)).containsExactlyElementsOf(pairs(READ, OF_BERTH));
    assertThat(allowed(VIEWER, ALL, List.of("/secrets", "/pods/exec", "/pods/portforward")))
        .isEmpty();
    assertThat(allowed(VIEWER, WRITE, OF_NOBODY)).isEmpty();
  }

  @Test
  void berthHasNoRightThatLeadsToMore() {
    List<String> roles =
        List.of("rbac.authorization.k8s.io/clusterroles", "rbac.authorization.k8s.io/roles");

    assertThat(allowed(BERTH, List.of("escalate", "bind", "create", "patch"), roles)).isEmpty();
    assertThat(
            allowed(
                BERTH,
                ALL,
                List.of(
                    "/secrets",
                    "/configmaps",
                    "/serviceaccounts/token",
                    "rbac.authorization.k8s.io/clusterrolebindings")))
        .as("it may see who else has rights, for the isolation report")
        .containsExactly("list rbac.authorization.k8s.io/clusterrolebindings");
    assertThat(allowed(BERTH, List.of("impersonate"), List.of("/users", "/groups"))).isEmpty();
    assertThat(allowed(BERTH, List.of("create", "get"), List.of("/pods/exec", "/pods/log")))
        .isEmpty();
    assertThat(
            allowed(
                BERTH,
                WRITE,
                List.of(
                    "admissionregistration.k8s.io/validatingadmissionpolicies",
                    "admissionregistration.k8s.io/validatingadmissionpolicybindings",
                    "admissionregistration.k8s.io/mutatingadmissionpolicies",
                    "admissionregistration.k8s.io/mutatingadmissionpolicybindings",
                    "node.k8s.io/runtimeclasses",
                    "networking.k8s.io/servicecidrs",
                    "apps/daemonsets",
                    "/nodes")))
        .isEmpty();
  }

  @Test
  void berthReadsWhatItsFactsRestOn() {
    List<String> sources =
        List.of(
            "/nodes",
            "node.k8s.io/runtimeclasses",
            "apps/daemonsets",
            "networking.k8s.io/servicecidrs",
            "admissionregistration.k8s.io/validatingadmissionpolicies",
            "admissionregistration.k8s.io/validatingadmissionpolicybindings",
            "admissionregistration.k8s.io/mutatingadmissionpolicies",
            "admissionregistration.k8s.io/mutatingadmissionpolicybindings");

    assertThat(allowed(BERTH, READ, sources)).containsExactlyElementsOf(pairs(READ, sources));
  }

  @Test
  void berthListsTheClassesThatPlansName() {
    List<String> classes =
        List.of("storage.k8s.io/storageclasses", "scheduling.k8s.io/priorityclasses");

    assertThat(allowed(BERTH, ALL, classes))
        .containsExactlyElementsOf(pairs(List.of("list"), classes));
  }

  @Test
  void berthAsksWhatOthersMayDoAndBindsNoRolesButTheTenants() {
    String reviews = "authorization.k8s.io/subjectaccessreviews";
    assertThat(allowed(BERTH, ALL, List.of(reviews))).containsExactly("create " + reviews);
    assertThat(
            List.of("berth-tenant-admin", "berth-tenant-viewer", "berth-tenant-debug").stream()
                .filter(RightsIT::mayBind))
        .hasSize(3);
    assertThat(List.of("cluster-admin", "admin", "edit", "view", "berth"))
        .noneMatch(RightsIT::mayBind);
  }

  private static boolean mayBind(String role) {
    return administrator
        .post(
            "/apis/authorization.k8s.io/v1/subjectaccessreviews",
            """
            {'spec': {%s, 'resourceAttributes': {'verb': 'bind', 'group': 'rbac.authorization.k8s.io',
                                                 'resource': 'clusterroles', 'name': '%s'}}}\
            """
                .formatted(BERTH, role))
        .body()
        .at("/status/allowed")
        .asBoolean();
  }

  private static void grant(String name, String role, String group) {
    Reply granted =
        Caller.berth()
            .post(
                "/apis/rbac.authorization.k8s.io/v1/namespaces/" + NAMESPACE + "/rolebindings",
                """
                {'metadata': {'name': '%s'},
                 'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': '%s'},
                 'subjects': [{'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'Group', 'name': '%s'}]}\
                """
                    .formatted(name, role, group));
    assertThat(granted.code()).isEqualTo(201);
  }

  private static List<String> allowed(String who, List<String> verbs, List<String> resources) {
    List<String> allowed = new ArrayList<>();
    for (String resource : resources) {
      verbs.stream()
          .filter(verb -> may(who, verb, resource))
          .forEach(verb -> allowed.add(verb + " " + resource));
    }
    return allowed;
  }

  private static List<String> pairs(List<String> verbs, List<String> resources) {
    return resources.stream()
        .flatMap(resource -> verbs.stream().map(verb -> verb + " " + resource))
        .toList();
  }

  /** A resource is written as group/resource/subresource; the core group is empty. */
  private static boolean may(String who, String verb, String resource) {
    String[] parts = resource.split("/", -1);
    String subresource = parts.length > 2 ? parts[2] : "";
    return administrator
        .post(
            "/apis/authorization.k8s.io/v1/subjectaccessreviews",
            """
            {'spec': {%s, 'resourceAttributes': {'namespace': '%s', 'verb': '%s', 'group': '%s',
                                                 'resource': '%s', 'subresource': '%s'}}}\
            """
                .formatted(who, NAMESPACE, verb, parts[0], parts[1], subresource))
        .body()
        .at("/status/allowed")
        .asBoolean();
  }
}
