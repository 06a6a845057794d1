package dev.berth.installation;

import static dev.berth.installation.TenantCluster.DRY_RUN;
import static dev.berth.installation.TenantCluster.NAMESPACES;
import static dev.berth.installation.TenantCluster.assertDenied;
import static dev.berth.installation.TenantCluster.awaitPolicies;
import static dev.berth.installation.TenantCluster.hasDefaultAccount;
import static dev.berth.installation.TenantCluster.pod;
import static dev.berth.installation.TenantCluster.sandboxed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.installation.Caller.Reply;
import dev.berth.kubernetes.policy.PolicyObject;
import dev.berth.kubernetes.policy.ShippedPolicies;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The policies of k8s/ do what they say, on a real API server and with Berth's real token. */
class PoliciesIT {

  private static final String SANDBOX =
      "ValidatingAdmissionPolicy 'berth-sandbox' with binding 'berth-sandbox' denied request: ";

  private static Caller berth;
  private static Caller administrator;
  private static Caller breakGlass;

  @BeforeAll
  static void thePoliciesAreInForce() {
    berth = Caller.berth();
    administrator = Caller.administrator();
    breakGlass = Caller.memberOf("system:masters", "berth:break-glass");
    awaitPolicies();
    sandboxed("tenant-policies");
    await()
        .untilAsserted(() -> {
          assertThat(dryRun("tenant-policies", "berth-probe").code()).isEqualTo(403);
          assertThat(dryRun("tenant-policies", null).code()).isEqualTo(201);
        });
  }

  @Test
  void theirExpressionsAreTypeCorrect() {
    List<String> policies =
        ShippedPolicies.load().objects().stream()
            .filter(object -> object.kind().equals("ValidatingAdmissionPolicy"))
            .map(PolicyObject::name)
            .toList();
    assertThat(policies).contains("berth-sandbox").doesNotHaveDuplicates();
    for (String policy : policies) {
      String path = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/" + policy;
      await()
          .untilAsserted(() ->
              assertThat(administrator.get(path).body().at("/status/observedGeneration"))
                  .isEqualTo(administrator.get(path).body().at("/metadata/generation")));
      assertThat(administrator.get(path).body().at("/status/typeChecking").toString())
          .as(policy)
          .isEqualTo("{}");
    }
  }

  @Test
  void aPodWithoutAClassGetsTheOneOfItsNamespaceWithOverheadAndNodes() {
    JsonNode pod = dryRun("tenant-policies", null).body();

    assertThat(pod.at("/spec/runtimeClassName").asText()).isEqualTo("kata-vm-isolation");
    assertThat(pod.at("/spec/overhead/memory").asText()).isEqualTo("600Mi");
    assertThat(pod.at("/spec/nodeSelector").size()).isEqualTo(1);
  }

  @Test
  void aPodOfAnotherClassIsToldWhichOneItNeeds() {
    Reply reply = dryRun("tenant-policies", "berth-probe");

    assertThat(reply.code()).isEqualTo(403);
    assertThat(reply.message())
        .contains(SANDBOX)
        .contains("runtimeClassName is \"berth-probe\"")
        .endsWith(
            "set spec.runtimeClassName to \"kata-vm-isolation\" in the pod or in the template that creates it");
  }

  @Test
  void aNamespaceWithoutItsLabelsStartsNoPodAtAll() {
    sandboxed("tenant-stripped");
    strip("tenant-stripped", "berth.dev/isolation");
    assertNoPodStarts("tenant-stripped", "berth.dev/isolation is \"missing\"");
    strip("tenant-stripped", "berth.dev/runtime-class");
    assertNoPodStarts("tenant-stripped", "berth.dev/runtime-class is \"\"");
  }

  @Test
  void aSharedNamespaceMayUseAnyClassOrNone() {
    assertThat(
            berth
                .post(
                    "/api/v1/namespaces",
                    "{'metadata': {'name': 'tenant-shared', 'labels': {'berth.dev/isolation': 'shared'}}}")
                .code())
        .isEqualTo(201);
    await().until(() -> hasDefaultAccount("tenant-shared"));

    assertThat(dryRun("tenant-shared", "berth-probe").code()).isEqualTo(201);
    assertThat(dryRun("tenant-shared", null).body().at("/spec/runtimeClassName").isMissingNode())
        .isTrue();
  }

  @Test
  void podsOutsideTheTenantsNamespacesAreLeftAlone() {
    JsonNode labels = label("elsewhere-labels", "berth.dev/runtime-class", "kata-vm-isolation");
    assertThat(labels.has("berth.dev/runtime-class")).isTrue();

    Reply pod = pod(administrator, "elsewhere-labels", "berth-probe", DRY_RUN);
    Reply plain = pod(administrator, "elsewhere-labels", null, DRY_RUN);

    assertThat(pod.code()).isEqualTo(201);
    assertThat(plain.code()).isEqualTo(201);
    assertThat(plain.body().at("/spec/runtimeClassName").isMissingNode()).isTrue();
  }

  @Test
  void aTenantsDeploymentBringsItsPodsIntoTheSandbox() {
    sandboxed("tenant-deploys");
    berth.post(
        "/apis/rbac.authorization.k8s.io/v1/namespaces/tenant-deploys/rolebindings",
        """
        {'metadata': {'name': 'berth-owner'},
         'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'berth-tenant-admin'},
         'subjects': [{'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'Group', 'name': 'deployers'}]}\
        """);
    Caller owner = Caller.memberOf("deployers");

    await()
        .untilAsserted(() ->
            assertThat(
                    owner
                        .post(
                            "/apis/apps/v1/namespaces/tenant-deploys/deployments",
                            """
                            {'metadata': {'name': 'web'},
                             'spec': {'selector': {'matchLabels': {'a': 'b'}},
                                      'template': {'metadata': {'labels': {'a': 'b'}},
                                                   'spec': {'containers': [{'name': 'c', 'image': 'i'}]}}}}\
                            """)
                        .code())
                .isEqualTo(201));

    await()
        .untilAsserted(() ->
            assertThat(
                    owner
                        .get(NAMESPACES + "tenant-deploys/pods")
                        .body()
                        .at("/items/0/spec/runtimeClassName")
                        .asText())
                .isEqualTo("kata-vm-isolation"));
  }

  private static void assertNoPodStarts(String namespace, String reason) {
    await()
        .untilAsserted(
            () -> assertThat(dryRun(namespace, "kata-vm-isolation").message()).contains(reason));
    for (String runtimeClass : List.of("berth-probe", "kata-vm-isolation")) {
      assertDenied(dryRun(namespace, runtimeClass), SANDBOX, "ask the platform team");
    }
  }

  private static void strip(String namespace, String label) {
    String patch = "{'metadata': {'labels': {'%s': null}}}".formatted(label);
    assertThat(breakGlass.merge(NAMESPACES + namespace, patch).code()).isEqualTo(200);
  }

  private static JsonNode label(String namespace, String key, String value) {
    String body =
        "{'metadata': {'name': '%s', 'labels': {'%s': '%s'}}}".formatted(namespace, key, value);
    Reply reply = administrator.post("/api/v1/namespaces", body);
    assertThat(reply.code()).isEqualTo(201);
    await().until(() -> hasDefaultAccount(namespace));
    return reply.body().at("/metadata/labels");
  }

  private static Reply dryRun(String namespace, String runtimeClass) {
    return pod(berth, namespace, runtimeClass, DRY_RUN);
  }
}
