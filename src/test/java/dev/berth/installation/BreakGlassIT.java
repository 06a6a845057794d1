package dev.berth.installation;

import static dev.berth.installation.TenantCluster.NAMESPACES;
import static dev.berth.installation.TenantCluster.awaitPolicies;
import static dev.berth.installation.TenantCluster.sandboxed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.installation.Caller.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** G16: a group is what an authenticator says, so it opens nothing without a right beside it. */
class BreakGlassIT {

  private static final String NAMESPACE = "tenant-glass";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String LIMITS = NAMESPACES + NAMESPACE + "/limitranges";

  private static final Caller ADMINISTRATOR = Caller.administrator();

  /** As OIDC without a prefix for groups would let somebody in who only says so. */
  private static final Caller ASSERTING = Caller.memberOf("writers-of-limits", "berth:break-glass");

  @BeforeAll
  static void somebodyMayWriteLimitsEverywhere() {
    awaitPolicies();
    sandboxed(NAMESPACE);
    ADMINISTRATOR.post(
        RBAC + "clusterroles",
        """
        {'metadata': {'name': 'writers-of-limits'}, 'rules': [
         {'apiGroups': [''], 'resources': ['limitranges', 'namespaces'], 'verbs': ['*']}]}\
        """);
    bind("writers-of-limits", "Group", "writers-of-limits");
    await().until(() -> ASSERTING.get(LIMITS).code() == 200);
  }

  @AfterAll
  static void nobodyMayAnyMore() {
    ADMINISTRATOR.delete(RBAC + "clusterrolebindings/berth-break-glass");
    ADMINISTRATOR.delete(RBAC + "clusterrolebindings/writers-of-limits");
    await().until(() -> ASSERTING.get(LIMITS).code() == 403);
  }

  @Test
  void whoOnlyAssertsTheGroupIsHeldBackUntilTheRightIsGiven() {
    Reply limits = ASSERTING.post(LIMITS, ManagedObject.LIMIT_RANGE.named("asserted"));
    Reply label =
        ASSERTING.merge(
            NAMESPACES + NAMESPACE, "{'metadata': {'labels': {'berth.dev/isolation': 'shared'}}}");
    assertThat(limits.message()).contains("'berth-managed'");
    assertThat(label.message()).contains("'berth-namespace-guard'");

    bind("berth-break-glass", "User", "somebody");

    await()
        .untilAsserted(() ->
            assertThat(ASSERTING.post(LIMITS, ManagedObject.LIMIT_RANGE.named("asserted")).code())
                .isEqualTo(201));
    assertThat(ASSERTING.delete(LIMITS + "/asserted").code()).isEqualTo(200);
    assertThat(
            Caller.memberOf("writers-of-limits")
                .post(LIMITS, ManagedObject.LIMIT_RANGE.named("b"))
                .message())
        .as("the right without the group")
        .contains("'berth-managed'");
  }

  private static void bind(String role, String kind, String subject) {
    Reply bound =
        ADMINISTRATOR.post(
            RBAC + "clusterrolebindings",
            """
            {'metadata': {'name': '%1$s'}, 'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': '%1$s'},
             'subjects': [{'apiGroup': 'rbac.authorization.k8s.io', 'kind': '%2$s', 'name': '%3$s'}]}\
            """
                .formatted(role, kind, subject));
    assertThat(bound.code()).as(bound.message()).isEqualTo(201);
  }
}
