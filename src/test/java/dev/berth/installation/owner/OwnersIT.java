package dev.berth.installation.owner;

import static dev.berth.installation.TenantCluster.NAMESPACES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.catalogue.Plans;
import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;
import dev.berth.installation.PlannedTenant;
import dev.berth.installation.TenantCluster;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rightful owner needs is there, and none of it leads further. */
class OwnersIT {

  private static final String APPS = "/apis/apps/v1/namespaces/";

  private static PlannedTenant tenant;
  private static String namespace;

  @BeforeAll
  static void anOpenTenant() {
    Caller.berth();
    TenantCluster.awaitPolicies();
    tenant = PlannedTenant.open(Plans.sample("starter"));
    namespace = tenant.namespace();
    await()
        .until(() ->
            Stream.of(tenant.owner(), tenant.viewer())
                .allMatch(member -> member.get(NAMESPACES + namespace).code() == 200));
  }

  /** As kubectl does for {@code get all}, {@code describe} and {@code rollout history}. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/namespaces/%s",
        "/api/v1/namespaces/%s/pods",
        "/api/v1/namespaces/%s/replicationcontrollers",
        "/api/v1/namespaces/%s/services",
        "/api/v1/namespaces/%s/serviceaccounts",
        "/api/v1/namespaces/%s/events",
        "/apis/apps/v1/namespaces/%s/daemonsets",
        "/apis/apps/v1/namespaces/%s/deployments",
        "/apis/apps/v1/namespaces/%s/replicasets",
        "/apis/apps/v1/namespaces/%s/statefulsets",
        "/apis/apps/v1/namespaces/%s/controllerrevisions",
        "/apis/autoscaling/v2/namespaces/%s/horizontalpodautoscalers",
        "/apis/batch/v1/namespaces/%s/cronjobs",
        "/apis/batch/v1/namespaces/%s/jobs",
        "/apis/discovery.k8s.io/v1/namespaces/%s/endpointslices",
        "/apis/policy/v1/namespaces/%s/poddisruptionbudgets",
        "/apis/coordination.k8s.io/v1/namespaces/%s/leases"
      })
  void ownersAndViewersReadWhatKubectlAsksFor(String path) {
    assertThat(tenant.owner().get(path.formatted(namespace)).code()).isEqualTo(200);
    assertThat(tenant.viewer().get(path.formatted(namespace)).code()).isEqualTo(200);
  }

  @Test
  void anAccountOfTheirOwnHasNoRightsAndNoTokens() {
    String accounts = NAMESPACES + namespace + "/serviceaccounts";
    assertThat(tenant.owner().post(accounts, "{'metadata': {'name': 'ci'}}").code()).isEqualTo(201);

    assertThat(may("system:serviceaccount:" + namespace + ":ci", "get", "pods")).isFalse();
    assertThat(may("system:serviceaccount:" + namespace + ":ci", "list", "secrets")).isFalse();
    assertThat(tenant.owner().post(accounts + "/ci/token", "{'spec': {}}").code()).isEqualTo(403);
    assertThat(
            tenant.owner().merge(accounts + "/ci", "{'metadata': {'labels': {'a': 'b'}}}").code())
        .isEqualTo(200);
    assertThat(tenant.owner().delete(accounts + "/ci").code()).isEqualTo(200);
    assertThat(tenant.owner().delete(accounts + "/default").message()).contains("berth-managed");
  }

  @Test
  void scalingEndsAtTheQuotaWhoeverScales() {
    String deployments = APPS + namespace + "/deployments";
    Reply made =
        tenant
            .owner()
            .post(
                deployments,
                """
                {'metadata': {'name': 'd'}, 'spec': {'replicas': 1, 'selector': {'matchLabels': {'a': 'b'}},
                 'template': {'metadata': {'labels': {'a': 'b'}}, 'spec': %s}}}\
                """
                    .formatted(SOME_POD));
    assertThat(made.code()).as(made.message()).isEqualTo(201);
    assertThat(tenant.owner().merge(deployments + "/d/scale", "{'spec': {'replicas': 50}}").code())
        .isEqualTo(200);

    await()
        .untilAsserted(() ->
            assertThat(
                    tenant
                        .owner()
                        .get(NAMESPACES + namespace + "/events?fieldSelector=reason=FailedCreate")
                        .body()
                        .toString())
                .contains("exceeded quota: berth"));
    await()
        .untilAsserted(() ->
            assertThat(tenant.owner().get(NAMESPACES + namespace + "/pods").body().path("items"))
                .as("the second one counts a moment before it is there")
                .hasSize(2));
    tenant.owner().delete(deployments + "/d");
  }

  @Test
  void aBudgetThatAllowsNoDisruptionDoesNotStopOffboarding() {
    PlannedTenant leaving = PlannedTenant.open(Plans.sample("starter"));
    String there = leaving.namespace();
    await()
        .untilAsserted(() ->
            assertThat(
                    leaving
                        .owner()
                        .post(
                            "/apis/policy/v1/namespaces/" + there + "/poddisruptionbudgets",
                            "{'metadata': {'name': 'never'}, 'spec': {'maxUnavailable': 0, 'selector': {}}}")
                        .code())
                .isEqualTo(201));
    Reply pod =
        leaving
            .owner()
            .post(
                NAMESPACES + there + "/pods",
                "{'metadata': {'name': 'p'}, 'spec': %s}".formatted(SOME_POD));
    assertThat(pod.code()).as(pod.message()).isEqualTo(201);

    await()
        .untilAsserted(() ->
            assertThat(leaving.does(new Operation.EvictPods(there, List.of())))
                .isInstanceOf(Outcome.Done.class));
  }

  private static boolean may(String user, String verb, String resource) {
    return Caller.administrator()
        .post(
            "/apis/authorization.k8s.io/v1/subjectaccessreviews",
            "{'spec': {'user': '%s', 'resourceAttributes': {'namespace': '%s', 'verb': '%s', 'resource': '%s'}}}"
                .formatted(user, namespace, verb, resource))
        .body()
        .at("/status/allowed")
        .asBoolean();
  }

  static final String SOME_POD =
      """
      {'securityContext': {'runAsNonRoot': true, 'seccompProfile': {'type': 'RuntimeDefault'}},
       'containers': [{'name': 'c', 'image': 'x', 'imagePullPolicy': 'Always', 'securityContext':
         {'allowPrivilegeEscalation': false, 'capabilities': {'drop': ['ALL']}}}]}\
      """;
}
