package dev.berth.installation;

import static dev.berth.installation.TenantCluster.DRY_RUN;
import static dev.berth.installation.TenantCluster.NAMESPACES;
import static dev.berth.installation.TenantCluster.assertDenied;
import static dev.berth.installation.TenantCluster.awaitPolicies;
import static dev.berth.installation.TenantCluster.pod;
import static dev.berth.installation.TenantCluster.sandboxed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.installation.Caller.Reply;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What limits a tenant is written by Berth, and by the cluster where it must, and by nobody else.
 */
class ManagedIT {

  private static final String NAMESPACE = "tenant-managed";
  private static final String ACCOUNT = NAMESPACES + NAMESPACE + "/serviceaccounts/default";
  private static final String TOKEN_REQUEST = "{'spec': {'audiences': ['a']}}";
  private static final String LABEL = "{'metadata': {'labels': {'a': 'b'}}}";
  private static final String POLICY =
      "ValidatingAdmissionPolicy 'berth-managed' with binding 'berth-managed' denied request: ";

  private static Caller berth;
  private static Caller administrator;
  private static Caller breakGlass;

  @BeforeAll
  static void aNamespaceWithAllThatBerthPutsIntoOne() {
    berth = Caller.berth();
    administrator = Caller.administrator();
    breakGlass = Caller.administratorNamed("somebody", "berth:break-glass");
    awaitPolicies();
    sandboxed(NAMESPACE);
    fill(NAMESPACE);
    await()
        .untilAsserted(() ->
            assertThat(administrator.post(ACCOUNT + "/token", TOKEN_REQUEST).code())
                .isEqualTo(403));
  }

  @ParameterizedTest
  @EnumSource
  void nobodyElseMakesChangesOrDeletesOne(ManagedObject object) {
    String collection = object.collection(NAMESPACE);

    Stream.of(
            administrator.post(collection, object.named("another")),
            administrator.merge(collection + "/berth", LABEL),
            administrator.patch(
                collection + "/berth",
                "json-patch",
                "[{'op': 'add', 'path': '/metadata/finalizers', 'value': ['a/b']}]"),
            administrator.delete(collection + "/berth"),
            administrator.delete(collection))
        .forEach(reply -> assertDenied(reply, POLICY, "change the tenant or its plan instead"));
    assertThat(berth.get(collection + "/berth").code()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void whoBreaksTheGlassMay(ManagedObject object) {
    String collection = object.collection(NAMESPACE);

    assertThat(breakGlass.post(collection, object.named("emergency")).code()).isEqualTo(201);
    assertThat(breakGlass.merge(collection + "/emergency", LABEL).code()).isEqualTo(200);
    assertThat(breakGlass.delete(collection + "/emergency").code()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDeletedInTheForegroundIsCollected(ManagedObject object) {
    String collection = object.collection(NAMESPACE);
    assertThat(breakGlass.post(collection, object.named("slow")).code()).isEqualTo(201);

    breakGlass.delete(collection + "/slow", "{'propagationPolicy': 'Foreground'}");

    await().until(() -> berth.get(collection + "/slow").code() == 404);
  }

  /** G16: a kind that is served only after the policy is there, and one that nobody knows yet. */
  @ParameterizedTest
  @CsvSource({
    "cilium.io, ciliumnetworkpolicies, CiliumNetworkPolicy",
    "crd.projectcalico.org, networkpolicies, NetworkPolicy",
    "policy.networking.k8s.io, futurepolicies, FuturePolicy"
  })
  void whatNetworkEnginesAddIsNobodyElses(String group, String plural, String kind) {
    NetworkEngines.serve(administrator, group, plural, kind);
    String path = "/apis/%s/v1/namespaces/%s/%s".formatted(group, NAMESPACE, plural);
    String object =
        "{'apiVersion': '%s/v1', 'kind': '%s', 'metadata': {'name': 'open'}}"
            .formatted(group, kind);

    await()
        .untilAsserted(() ->
            assertDenied(
                administrator.post(path, object), POLICY, plural + " of a tenant's namespace"));
    assertThat(breakGlass.post(path, object).code()).isEqualTo(201);
    assertDenied(administrator.merge(path + "/open", LABEL), POLICY, "change the tenant");
    assertDenied(administrator.delete(path + "/open"), POLICY, "change the tenant");
    assertThat(breakGlass.delete(path + "/open").code()).isEqualTo(200);
    String elsewhere = "/apis/%s/v1/namespaces/default/%s".formatted(group, plural);
    assertThat(administrator.post(elsewhere + DRY_RUN, object).code()).isEqualTo(201);
  }

  /** Cilium writes one for each pod. */
  @Test
  void whatCiliumNotesOfPodsIsItsOwn() {
    NetworkEngines.serve(administrator, "cilium.io", "ciliumendpoints", "CiliumEndpoint");

    await()
        .untilAsserted(() ->
            assertThat(
                    administrator
                        .post(
                            "/apis/cilium.io/v1/namespaces/%s/ciliumendpoints".formatted(NAMESPACE)
                                + DRY_RUN,
                            "{'apiVersion': 'cilium.io/v1', 'kind': 'CiliumEndpoint', 'metadata': {'name': 'p'}}")
                        .code())
                .isEqualTo(201));
  }

  @Test
  void nobodyElseFalsifiesWhatAQuotaCounts() {
    assertDenied(
        administrator.merge(
            ManagedObject.RESOURCE_QUOTA.collection(NAMESPACE) + "/berth/status",
            "{'status': {'used': {'pods': '0'}}}"),
        POLICY,
        "resourcequotas of a tenant's namespace");
  }

  @Test
  void theApiServerAndItsControllerCount() {
    sandboxed("tenant-counted");
    fill("tenant-counted");
    await().untilAsserted(() -> assertThat(used("tenant-counted")).isEqualTo("0"));

    assertThat(pod(administrator, "tenant-counted", null, "").code()).isEqualTo(201);
    await().untilAsserted(() -> assertThat(used("tenant-counted")).isEqualTo("1"));

    administrator.delete(NAMESPACES + "tenant-counted/pods/p");
    await().untilAsserted(() -> assertThat(used("tenant-counted")).isEqualTo("0"));
  }

  @Test
  void theDefaultAccountIsBerths() {
    assertDenied(
        administrator.merge(ACCOUNT, "{'automountServiceAccountToken': true}"),
        POLICY,
        "ServiceAccount default");
    assertDenied(administrator.delete(ACCOUNT), POLICY, "ServiceAccount default");
    assertDenied(
        administrator.delete(NAMESPACES + NAMESPACE + "/serviceaccounts"),
        POLICY,
        "ServiceAccount default");
    assertThat(berth.merge(ACCOUNT, "{'automountServiceAccountToken': false}").code())
        .isEqualTo(200);
  }

  @Test
  void aDeletedDefaultAccountIsMadeAnewByItsControllerButByNobodyElse() {
    sandboxed("tenant-account");
    String path = NAMESPACES + "tenant-account/serviceaccounts";
    String before = berth.get(path + "/default").body().at("/metadata/uid").asText();

    assertThat(breakGlass.delete(path + "/default").code()).isEqualTo(200);

    await()
        .untilAsserted(() -> {
          Reply now = berth.get(path + "/default");
          assertThat(now.code()).isEqualTo(200);
          assertThat(now.body().at("/metadata/uid").asText()).isNotEqualTo(before);
        });
    assertDenied(
        administrator.post(path + DRY_RUN, "{'metadata': {'name': 'default'}}"),
        POLICY,
        "ServiceAccount default");
  }

  @Test
  void otherAccountsAndTheirTokensAreFree() {
    String path = NAMESPACES + NAMESPACE + "/serviceaccounts";

    assertThat(administrator.post(path, "{'metadata': {'name': 'robot'}}").code()).isEqualTo(201);
    assertThat(administrator.post(path + "/robot/token", TOKEN_REQUEST).code()).isEqualTo(201);
    assertThat(administrator.delete(path + "/robot").code()).isEqualTo(200);
  }

  @Test
  void tokensOfTheDefaultAccountAreForKubeletsOnly() {
    Caller kubelet = Caller.administratorNamed("system:node:a", "system:nodes");

    assertThat(kubelet.post(ACCOUNT + "/token", TOKEN_REQUEST).code()).isEqualTo(201);
    assertThat(breakGlass.post(ACCOUNT + "/token", TOKEN_REQUEST).code()).isEqualTo(201);
    assertDenied(
        administrator.post(ACCOUNT + "/token", TOKEN_REQUEST), POLICY, "under an account of your");
  }

  @Test
  void aNamespaceWithAllOfThemGoesWhenBerthDeletesIt() {
    sandboxed("tenant-emptied");
    fill("tenant-emptied");

    assertThat(berth.delete(NAMESPACES + "tenant-emptied").code()).isEqualTo(200);

    await().until(() -> administrator.get(NAMESPACES + "tenant-emptied").code() == 404);
  }

  @Test
  void aControllerManagerWithoutSeparateAccountsDoesItsWork() {
    Caller manager = Caller.administratorNamed("system:kube-controller-manager");

    for (ManagedObject object : ManagedObject.values()) {
      String path = object.collection(NAMESPACE) + "/berth";

      assertThat(manager.delete(path, "{'dryRun': ['All']}").code()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @MethodSource
  void aPartOfTheClusterDoesNoMoreThanItsOwnWork(String user, ManagedObject object) {
    Caller part = Caller.administratorNamed(user, "system:nodes");

    assertDenied(
        part.post(object.collection(NAMESPACE) + DRY_RUN, object.named("another")),
        POLICY,
        "written by Berth only");
    if (!user.endsWith("generic-garbage-collector")) {
      assertDenied(
          part.merge(object.collection(NAMESPACE) + "/berth" + DRY_RUN, LABEL),
          POLICY,
          "written by Berth only");
      assertDenied(part.merge(ACCOUNT + DRY_RUN, LABEL), POLICY, "ServiceAccount default");
    }
  }

  static Stream<Object[]> aPartOfTheClusterDoesNoMoreThanItsOwnWork() {
    return Stream.of(
            "namespace-controller",
            "generic-garbage-collector",
            "resourcequota-controller",
            "service-account-controller",
            "deployment-controller")
        .map("system:serviceaccount:kube-system:"::concat)
        .flatMap(
            user -> Stream.of(ManagedObject.values()).map(object -> new Object[] {user, object}));
  }

  private static void fill(String namespace) {
    for (ManagedObject object : ManagedObject.values()) {
      Reply made = berth.post(object.collection(namespace), object.named("berth"));
      assertThat(made.message()).isEmpty();
      assertThat(made.code()).isEqualTo(201);
    }
  }

  private static String used(String namespace) {
    return berth
        .get(ManagedObject.RESOURCE_QUOTA.collection(namespace) + "/berth")
        .body()
        .at("/status/used/pods")
        .asText();
  }
}
