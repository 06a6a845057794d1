package dev.berth.installation.owner;

import static dev.berth.installation.TenantCluster.sandboxed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;
import dev.berth.manifest.Rights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The ClusterRoles of tenants, as the API server reads them. To take over what it says now, and
 * then review the difference: {@code -Dgolden.update=true}.
 */
class TenantRolesIT {

  private static final String NAMESPACE = "tenant-roles";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final Path GOLDEN = Path.of("src/test/resources/rights");
  private static final List<String> ROLES =
      List.of("berth-tenant-admin", "berth-tenant-viewer", "berth-tenant-debug");

  /** Who is asked about, and the groups that make them so. */
  private static final Map<String, List<String>> PEOPLE =
      Map.of(
          "owner", List.of("roles-owners"),
          "viewer", List.of("roles-viewers"),
          "debugging-owner", List.of("roles-owners", "roles-debuggers"));

  private static final List<String> WRITE =
      List.of("create", "update", "patch", "delete", "deletecollection");

  /** Verbs, resource, and the API group where it is not the core one. */
  private static final List<String> FORBIDDEN =
      List.of(
          "write namespaces",
          "write namespaces/status",
          "write namespaces/finalize",
          "write networkpolicies networking.k8s.io",
          "write resourcequotas",
          "write resourcequotas/status",
          "write limitranges",
          "write rolebindings rbac.authorization.k8s.io",
          "write roles rbac.authorization.k8s.io",
          "write clusterroles rbac.authorization.k8s.io",
          "write clusterrolebindings rbac.authorization.k8s.io",
          "bind clusterroles rbac.authorization.k8s.io",
          "escalate clusterroles rbac.authorization.k8s.io",
          "bind roles rbac.authorization.k8s.io",
          "escalate roles rbac.authorization.k8s.io",
          "write validatingadmissionpolicies admissionregistration.k8s.io",
          "write validatingadmissionpolicybindings admissionregistration.k8s.io",
          "write mutatingadmissionpolicies admissionregistration.k8s.io",
          "write mutatingadmissionpolicybindings admissionregistration.k8s.io",
          "write validatingwebhookconfigurations admissionregistration.k8s.io",
          "write mutatingwebhookconfigurations admissionregistration.k8s.io",
          "write runtimeclasses node.k8s.io",
          "write nodes",
          "list nodes",
          "get nodes/proxy",
          "write pods/resize",
          "list namespaces",
          "write replicationcontrollers",
          "write controllerrevisions apps",
          "write endpoints",
          "write endpointslices discovery.k8s.io",
          "write storageclasses storage.k8s.io",
          "deletecollection serviceaccounts",
          "write pods/status",
          "create pods/binding",
          "create serviceaccounts/token",
          "impersonate users",
          "impersonate groups",
          "impersonate serviceaccounts",
          "write certificatesigningrequests certificates.k8s.io",
          "write certificatesigningrequests/approval certificates.k8s.io",
          "write persistentvolumes",
          "write priorityclasses scheduling.k8s.io",
          "write customresourcedefinitions apiextensions.k8s.io",
          "write apiservices apiregistration.k8s.io",
          "* * *");

  private static final Caller ADMINISTRATOR = Caller.administrator();

  @BeforeAll
  static void aNamespaceWithOwnersAndViewers() {
    sandboxed(NAMESPACE);
    grant("berth-owner", "berth-tenant-admin", "roles-owners");
    grant("berth-viewer", "berth-tenant-viewer", "roles-viewers");
    grant("berth-debug", "berth-tenant-debug", "roles-debuggers");
    await()
        .until(() ->
            may(PEOPLE.get("viewer"), "get", "pods", "")
                && may(PEOPLE.get("debugging-owner"), "patch", "pods/ephemeralcontainers", ""));
  }

  @TestFactory
  Stream<DynamicTest> theirRightsAreExactlyThoseOfTheGoldenFile() {
    return PEOPLE.keySet().stream()
        .sorted()
        .map(who -> DynamicTest.dynamicTest(who, () -> compare(who)));
  }

  private static void compare(String who) throws IOException {
    String actual = rights(Caller.memberOf(PEOPLE.get(who).toArray(String[]::new)));
    Path expected = GOLDEN.resolve(who + ".txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(expected, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(expected));
  }

  @TestFactory
  Stream<DynamicTest> whatLeadsOutOfATenantIsForbiddenToEachOfThem() {
    return PEOPLE.keySet().stream()
        .sorted()
        .flatMap(who ->
            FORBIDDEN.stream()
                .map(what -> DynamicTest.dynamicTest(who + ": " + what, () -> deny(who, what))));
  }

  private static void deny(String who, String what) {
    String[] words = what.split(" ");
    String group = words.length > 2 ? words[2] : "";
    List<String> allowed = new ArrayList<>();
    for (String verb : words[0].equals("write") ? WRITE : List.of(words[0])) {
      if (may(PEOPLE.get(who), verb, words[1], group)) {
        allowed.add(verb);
      }
    }
    assertThat(allowed).as("allowed to " + who + " on " + words[1]).isEmpty();
  }

  @Test
  void ephemeralContainersAreOnlyForThoseWhoDebug() {
    assertThat(may(PEOPLE.get("owner"), "patch", "pods/ephemeralcontainers", "")).isFalse();
    assertThat(may(PEOPLE.get("viewer"), "patch", "pods/ephemeralcontainers", "")).isFalse();
  }

  @Test
  void theRolesNeitherGrowNorFeedOthers() {
    for (String role : ROLES) {
      JsonNode live = ADMINISTRATOR.get(RBAC + "clusterroles/" + role).body();
      assertThat(live.path("rules")).as(role).isNotEmpty();
      assertThat(live.has("aggregationRule")).as(role).isFalse();
      assertThat(live.at("/metadata/labels").toString()).as(role).doesNotContain("aggregate-to");
    }
  }

  @Test
  void anOwnerCannotMakeARoleThatFeedsOthers() {
    Caller owner = Caller.memberOf("roles-owners", "roles-debuggers");
    String role =
        """
        {'metadata': {'name': 'more', 'labels': {'rbac.authorization.k8s.io/aggregate-to-admin': 'true'}},
         'rules': [{'apiGroups': ['*'], 'resources': ['*'], 'verbs': ['*']}]}\
        """;

    assertThat(owner.post(RBAC + "clusterroles", role).code()).isEqualTo(403);
    assertThat(owner.post(RBAC + "namespaces/" + NAMESPACE + "/roles", role).code()).isEqualTo(403);
    assertThat(
            owner.merge(RBAC + "clusterroles/berth-tenant-admin", "{'aggregationRule': {}}").code())
        .isEqualTo(403);
  }

  /** A line for each resource, with its verbs. */
  private static String rights(Caller caller) {
    Reply review =
        caller.post(
            "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
            "{'spec': {'namespace': '%s'}}".formatted(NAMESPACE));
    assertThat(review.body().at("/status/incomplete").asBoolean()).isFalse();
    return Rights.of(review.body().at("/status/resourceRules"));
  }

  private static boolean may(List<String> groups, String verb, String resource, String group) {
    String[] parts = resource.split("/");
    return ADMINISTRATOR
        .post(
            "/apis/authorization.k8s.io/v1/subjectaccessreviews",
            """
            {'spec': {'user': 'somebody', 'groups': ['%s', 'system:authenticated'],
                      'resourceAttributes': {'namespace': '%s', 'verb': '%s', 'group': '%s', 'resource': '%s',
                                             'subresource': '%s'}}}\
            """
                .formatted(
                    String.join("', '", groups),
                    NAMESPACE,
                    verb,
                    group,
                    parts[0],
                    parts.length > 1 ? parts[1] : ""))
        .body()
        .at("/status/allowed")
        .asBoolean();
  }

  private static void grant(String name, String role, String group) {
    Reply granted =
        Caller.berth()
            .post(
                RBAC + "namespaces/" + NAMESPACE + "/rolebindings",
                """
                {'metadata': {'name': '%s'},
                 'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': '%s'},
                 'subjects': [{'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'Group', 'name': '%s'}]}\
                """
                    .formatted(name, role, group));
    assertThat(granted.code()).as(granted.message()).isEqualTo(201);
  }
}
