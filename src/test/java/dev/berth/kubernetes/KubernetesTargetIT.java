package dev.berth.kubernetes;

import static dev.berth.kubernetes.SomeTenant.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.plan.Operation;
import dev.berth.plan.Operation.Proof;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource;
import dev.berth.tenant.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real API server, with Berth's rights and Berth's policies. */
class KubernetesTargetIT {

  private static Hands intruder;
  private static QuotaWatch quotas;
  private static KubernetesTarget target;

  private final SomeTenant tenant = SomeTenant.fresh();

  @BeforeAll
  static void connect() {
    Clock clock = Clock.systemUTC();
    ApiServer api = Hands.berths().api;
    intruder = Hands.intruders();
    Namespaces namespaces = new Namespaces(api);
    quotas = new QuotaWatch(api, namespaces, clock);
    target =
        new KubernetesTarget(
            new Writes(api, namespaces),
            new Proofs(api, quotas),
            new Removal(api, namespaces, clock));
  }

  @AfterAll
  static void disconnect() {
    quotas.stop();
  }

  @Test
  void everythingIsReadBackFromTheAnswerAndASecondTimeNothingIsWritten() {
    for (Resource resource : tenant.everything()) {
      Outcome outcome = does(apply(resource), tenant);

      assertThat(outcome).isEqualTo(new Outcome.Done(tenant.uidOf(intruder, resource)));
    }
    List<String> versions = versions();

    for (Resource resource : tenant.everything()) {
      assertThat(does(apply(resource), tenant)).isInstanceOf(Outcome.Done.class);
      assertThat(does(apply(resource, tenant.uidOf(intruder, resource)), tenant))
          .isInstanceOf(Outcome.Done.class);
    }
    assertThat(versions()).as("nothing was written").isEqualTo(versions);
  }

  @Test
  void theProofsHoldInANewNamespaceOnThisCluster() {
    onboard();

    assertThat(does(tenant.verify(new Proof.QuotaBinds()), tenant))
        .isInstanceOf(Outcome.Done.class);
    assertThat(does(tenant.verify(new Proof.ProbeDenied()), tenant))
        .isInstanceOf(Outcome.Done.class);
    assertThat(does(tenant.verify(new Proof.ClassDefaulted(SomeTenant.KATA)), tenant))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aPodWithoutClassIsNoProofWhereTheClusterDefaults() {
    onboard();

    assertRetries(does(tenant.verify(new Proof.ClassRequired()), tenant), Reason.SandboxUnproven);
  }

  @Test
  void aFullQuotaProvesNothing() {
    onboard();
    does(apply(tenant.noPods()), tenant);
    does(tenant.verify(new Proof.QuotaBinds()), tenant);

    assertRetries(
        does(tenant.verify(new Proof.ClassDefaulted(SomeTenant.KATA)), tenant),
        Reason.SandboxUnproven);
    assertThat(does(tenant.verify(new Proof.ProbeDenied()), tenant))
        .as("the sandbox policy speaks before the quota")
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void anUnexpectedOverheadIsNoProof() {
    onboard();
    var other =
        new dev.berth.plan.ClusterFacts.SandboxClass(
            "kata-vm-isolation", "kata", 1, 0, Map.of(), 1, 1, 1);

    assertRetries(
        does(tenant.verify(new Proof.ClassDefaulted(other)), tenant), Reason.SandboxUnproven);
  }

  @Test
  void aForeignNamespaceOfThatNameIsNeverTouched() {
    intruder.post(
        "/api/v1/namespaces",
        "{'metadata': {'name': '%s', 'labels': {'berth.dev/tenant': '%s'}}}"
            .formatted(tenant.namespace(), tenant.id()));
    JsonNode before = intruder.get(tenant.path()).body();

    Outcome outcome = does(apply(tenant.itself()), tenant);

    assertRejected(outcome, Reason.NameTaken);
    assertThat(intruder.get(tenant.path()).body()).isEqualTo(before);
  }

  @Test
  void aNamespaceOfAnEarlierLifeIsForeign() {
    does(apply(tenant.itself()), tenant);

    Outcome outcome = does(apply(tenant.itself()), tenant.withProvisioningId(UUID.randomUUID()));

    assertRejected(outcome, Reason.NameTaken);
  }

  @Test
  void aForeignChildIsNeverTouched() {
    does(apply(tenant.itself()), tenant);
    intruder.post(
        ApiPath.collection(tenant.isolation().key()),
        "{'metadata': {'name': 'isolation'}, 'spec': {'podSelector': {}, 'egress': [{}]}}");

    assertRejected(does(apply(tenant.isolation()), tenant), Reason.NameTaken);
  }

  @Test
  void aNamespaceOnItsWayOutIsWaitedForAndThenLost() {
    Outcome.Done made = (Outcome.Done) does(apply(tenant.itself()), tenant);
    intruder.delete(tenant.path(), made.uid());

    assertThat(does(apply(tenant.itself(), made.uid()), tenant))
        .isInstanceOfSatisfying(
            Outcome.InProgress.class,
            o -> assertThat(o.reason()).isEqualTo(Reason.NamespaceTerminating));
    assertThat(does(apply(tenant.quota("1")), tenant))
        .isInstanceOfSatisfying(
            Outcome.InProgress.class,
            o -> assertThat(o.reason()).isEqualTo(Reason.NamespaceTerminating));
    await().atMost(Duration.ofSeconds(30)).until(() -> intruder.get(tenant.path()).isAbsent());
    assertRejected(does(apply(tenant.itself(), made.uid()), tenant), Reason.NamespaceLost);

    assertThat(does(apply(tenant.itself()), tenant)).isInstanceOf(Outcome.Done.class);
    assertRejected(does(apply(tenant.itself(), made.uid()), tenant), Reason.NamespaceLost);
  }

  @Test
  void anIntrudersRulesAreTakenBack() {
    onboard();
    does(apply(tenant.closedIsolation()), tenant);
    String path = ApiPath.object(tenant.isolation().key());
    intruder.patch(path, "{'spec': {'egress': [{}], 'ingress': [{}]}}");

    assertThat(does(apply(tenant.closedIsolation()), tenant)).isInstanceOf(Outcome.Done.class);

    JsonNode spec = intruder.get(path).body().path("spec");
    assertThat(spec.path("egress")).hasSize(1);
    assertThat(spec.path("egress").get(0).path("to")).hasSize(1);
    assertThat(spec.path("ingress").get(0).path("from")).hasSize(1);
  }

  @Test
  void aSelectorWidenedToAllNamespacesIsTakenBack() {
    onboard();
    String path = ApiPath.object(tenant.isolation().key());
    JsonNode before = intruder.get(path).body().path("spec");
    intruder.patch(
        path, "{'spec': {'ingress': [{'from': [{'podSelector': {}, 'namespaceSelector': {}}]}]}}");

    does(apply(tenant.isolation()), tenant);

    assertThat(intruder.get(path).body().path("spec")).isEqualTo(before);
  }

  @Test
  void subjectsThatWereTakenOutOrAddedByOthersAreGone() {
    onboard();
    String path = ApiPath.object(tenant.owners().key());
    intruder.patch(path, "{'subjects': [{'kind': 'User', 'name': 'intruder'}]}");

    does(apply(tenant.owners("developers", "operators")), tenant);
    assertThat(names(path)).containsExactly("developers", "operators");

    does(apply(tenant.owners("operators")), tenant);
    assertThat(names(path)).containsExactly("operators");

    does(apply(tenant.owners()), tenant);
    assertThat(names(path)).isEmpty();
  }

  @Test
  void quotaKeysThatThePlanNoLongerHasAreGone() {
    onboard();
    String path = ApiPath.object(tenant.noPods().key());
    intruder.patch(path, "{'spec': {'hard': {'services': '7'}}}");

    does(apply(tenant.noPods()), tenant);

    assertThat(intruder.get(path).body().at("/spec/hard")).isEqualTo(Hands.json("{'pods': '0'}"));
  }

  @Test
  void labelsThatAreNoLongerWantedAreGoneAndForeignOnesStay() {
    does(
        apply(tenant.itself(Map.of("labels.berth.dev/cost-center", "4711", "team.io/a", "b"))),
        tenant);
    intruder.patch(
        tenant.path(),
        """
        {'metadata': {'labels': {'foreign': 'stays', 'berth.dev/isolation': 'shared',
         'labels.berth.dev/planted': 'x', 'pod-security.kubernetes.io/warn': 'privileged'}}}\
        """);

    assertThat(does(apply(tenant.itself()), tenant)).isInstanceOf(Outcome.Done.class);

    assertThat(fields(intruder.get(tenant.path()).body().at("/metadata/labels")))
        .containsExactlyInAnyOrder(
            "berth.dev/tenant=" + tenant.id(),
            "berth.dev/namespace=default",
            "berth.dev/isolation=sandboxed",
            "berth.dev/runtime-class=kata-vm-isolation",
            "pod-security.kubernetes.io/enforce=restricted",
            "kubernetes.io/metadata.name=" + tenant.namespace(),
            "foreign=stays");
  }

  @Test
  void anOwnNamespaceIsKnownByItsUidEvenWithoutItsLabels() {
    Outcome.Done made = (Outcome.Done) does(apply(tenant.itself()), tenant);
    intruder.patch(tenant.path(), "{'metadata': {'labels': null, 'annotations': null}}");

    assertThat(does(apply(tenant.itself(), made.uid()), tenant)).isEqualTo(made);
    assertThat(intruder.get(tenant.path()).object().label(Ownership.TENANT))
        .isEqualTo(tenant.id().value());
  }

  @Test
  void anOlderGenerationNeverOverwritesANewerOne() {
    onboard();
    does(apply(tenant.owners("new")), tenant.ofGeneration(4));

    assertRetries(does(apply(tenant.owners("old")), tenant), Reason.ApiConflict);

    assertThat(names(ApiPath.object(tenant.owners().key()))).containsExactly("new");
  }

  @Test
  void aDeletedChildIsMadeAnew() {
    onboard();
    String uid = tenant.uidOf(intruder, tenant.limits());
    intruder.delete(ApiPath.object(tenant.limits().key()), uid);

    assertThat(does(apply(tenant.limits(), uid), tenant))
        .isInstanceOfSatisfying(
            Outcome.Done.class, done -> assertThat(done.uid()).isNotEqualTo(uid).isNotEmpty());
  }

  @Test
  void theAccountIsBerthsWhoeverMadeIt() {
    does(apply(tenant.itself()), tenant);
    String path = ApiPath.object(tenant.account().key());
    await().until(() -> intruder.get(path).isOk());

    assertThat(does(apply(tenant.account()), tenant)).isInstanceOf(Outcome.Done.class);
    assertThat(intruder.get(path).body().path("automountServiceAccountToken").asText())
        .isEqualTo("false");
  }

  @Test
  void aBindingToAnotherRoleIsEmptiedAndReported() {
    onboard();

    Outcome outcome = does(apply(tenant.binding("berth-tenant-viewer", "developers")), tenant);

    assertRejected(outcome, Reason.ApiInvalid);
    assertThat(names(ApiPath.object(tenant.owners().key()))).isEmpty();
  }

  @Test
  void aRoleThatIsNotShippedIsRefusedByTheClusterItself() {
    onboard();
    Resource admin =
        new Resource.RoleBinding(
            tenant.namespace(), "berth-viewer", "cluster-admin", tenant.owners("x").subjects());

    assertRejected(does(apply(admin), tenant), Reason.ApiForbidden);
  }

  @Test
  void aQuotaThatTheServerCannotReadIsRejected() {
    does(apply(tenant.itself()), tenant);
    Resource negative = new Resource.ResourceQuota(tenant.namespace(), Map.of("pods", "-1"));

    assertRejected(does(apply(negative), tenant), Reason.ApiInvalid);
  }

  @Test
  void quantitiesInOtherWordsAreNoDifference() {
    does(apply(tenant.itself()), tenant);
    Resource quota =
        new Resource.ResourceQuota(
            tenant.namespace(),
            Map.of("limits.cpu", "1000m", "limits.memory", "1024Mi", "pods", "5.0"));
    does(apply(quota), tenant);
    await()
        .until(() -> does(tenant.verify(new Proof.QuotaBinds()), tenant) instanceof Outcome.Done);
    String version = intruder.get(ApiPath.object(quota.key())).object().resourceVersion();

    assertThat(does(apply(quota), tenant)).isInstanceOf(Outcome.Done.class);
    assertThat(intruder.get(ApiPath.object(quota.key())).object().resourceVersion())
        .isEqualTo(version);
  }

  @Test
  void aLeavingTenantLosesAccessPodsAndNamespace() {
    Outcome.Done made = onboard();
    intruder.post(ApiPath.pods(tenant.namespace()), POD.formatted(""));
    SomeTenant leaving = tenant.recorded(made.uid()).leaving();

    assertThat(does(apply(leaving.owners()), leaving)).isInstanceOf(Outcome.Done.class);
    assertThat(does(apply(leaving.noPods()), leaving)).isInstanceOf(Outcome.Done.class);
    assertThat(does(leaving.verify(new Proof.QuotaBinds()), leaving))
        .isInstanceOf(Outcome.Done.class);
    await()
        .untilAsserted(
            () -> assertThat(does(leaving.evict(), leaving)).isInstanceOf(Outcome.Done.class));
    assertThat(does(leaving.delete(made.uid()), leaving)).isInstanceOf(Outcome.InProgress.class);
    assertThat(does(leaving.delete(made.uid()), leaving)).isInstanceOf(Outcome.InProgress.class);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(does(leaving.delete(made.uid()), leaving))
                .isEqualTo(new Outcome.Done(null)));

    assertThat(intruder.get(tenant.path()).isAbsent()).isTrue();
    everyStepOut(leaving, made.uid())
        .forEach(step -> assertThat(does(step, leaving)).isEqualTo(new Outcome.Done(null)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNamespaceThatIsNoLongerTheTenantsIsLeftAlone(boolean wasRecorded) {
    Outcome.Done made = onboard();
    intruder.post(ApiPath.pods(tenant.namespace()), POD.formatted(""));
    SomeTenant leaving =
        wasRecorded
            ? tenant.recorded("another-uid").leaving()
            : tenant.withProvisioningId(UUID.randomUUID()).leaving();

    for (Operation step : everyStepOut(leaving, wasRecorded ? "another-uid" : null)) {
      if (!(step instanceof Operation.Verify)) {
        assertThat(does(step, leaving)).as(step.id()).isEqualTo(new Outcome.Done(null));
      }
    }

    assertThat(names(ApiPath.object(tenant.owners().key()))).containsExactly("developers");
    assertThat(intruder.get(ApiPath.pods(tenant.namespace())).body().path("items")).hasSize(1);
    assertThat(intruder.get(tenant.path()).object().uid()).isEqualTo(made.uid());
    assertThat(intruder.get(tenant.path()).object().isTerminating()).isFalse();
  }

  @Test
  void anUnrecordedNamespaceIsFoundByItsMarksAndDeleted() {
    does(apply(tenant.itself()), tenant);

    assertThat(does(tenant.delete(null), tenant.leaving())).isInstanceOf(Outcome.InProgress.class);
    assertThat(intruder.get(tenant.path()).object().isTerminating()).isTrue();
  }

  @Test
  void podsThatHoldOnAreNamedWithTheReason() {
    Outcome.Done made = onboard();
    intruder.post(ApiPath.pods(tenant.namespace()), POD.formatted("'finalizers': ['ex.io/stay'],"));
    SomeTenant leaving = tenant.recorded(made.uid()).leaving();

    assertThat(does(leaving.evict(), leaving))
        .isInstanceOfSatisfying(
            Outcome.InProgress.class,
            o -> {
              assertThat(o.reason()).isEqualTo(Reason.PodsRemaining);
              assertThat(o.message()).contains(tenant.namespace(), "stubborn", "ex.io/stay");
            });

    intruder.patch(
        ApiPath.pods(tenant.namespace()) + "/stubborn", "{'metadata': {'finalizers': null}}");
    await()
        .untilAsserted(
            () -> assertThat(does(leaving.evict(), leaving)).isInstanceOf(Outcome.Done.class));
  }

  @Test
  void nothingIsSentAfterTheDeadline() {
    var late =
        new dev.berth.provisioning.Assignment(
            tenant.assignment().tenant(), SomeTenant.INSTALLATION, Clock.systemUTC().instant());

    assertRetries(target.execute(apply(tenant.itself()), late), Reason.ApiTimeout);
    assertThat(intruder.get(tenant.path()).isAbsent()).isTrue();
  }

  private static final String POD =
      """
      {'metadata': {%s 'name': 'stubborn'}, 'spec': {'runtimeClassName': 'kata-vm-isolation',
       'securityContext': {'runAsNonRoot': true, 'seccompProfile': {'type': 'RuntimeDefault'}},
       'containers': [{'name': 'c', 'image': 'x', 'securityContext':
         {'allowPrivilegeEscalation': false, 'capabilities': {'drop': ['ALL']}}}]}}\
      """;

  private Outcome.Done onboard() {
    Outcome namespace = does(apply(tenant.itself()), tenant);
    for (Resource resource : tenant.everything()) {
      assertThat(does(apply(resource), tenant)).isInstanceOf(Outcome.Done.class);
    }
    assertThat(does(tenant.verify(new Proof.QuotaBinds()), tenant))
        .isInstanceOf(Outcome.Done.class);
    return (Outcome.Done) namespace;
  }

  private static List<Operation> everyStepOut(SomeTenant leaving, String uid) {
    return List.of(
        apply(leaving.owners()),
        apply(leaving.noPods()),
        leaving.verify(new Proof.QuotaBinds()),
        leaving.evict(),
        leaving.delete(uid));
  }

  private static Outcome does(Operation operation, SomeTenant tenant) {
    return target.execute(operation, tenant.assignment());
  }

  private List<String> versions() {
    return tenant.everything().stream()
        .filter(resource -> resource.key().kind() != Resource.Kind.ResourceQuota)
        .map(resource -> intruder.get(ApiPath.object(resource.key())).object().resourceVersion())
        .toList();
  }

  private static List<String> names(String binding) {
    return intruder.get(binding).body().path("subjects").findValuesAsText("name");
  }

  private static List<String> fields(JsonNode object) {
    return object.properties().stream()
        .map(field -> field.getKey() + "=" + field.getValue().asText())
        .toList();
  }

  private static void assertRetries(Outcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Retryable.class, o -> assertThat(o.reason()).isEqualTo(reason));
  }

  private static void assertRejected(Outcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, o -> assertThat(o.reason()).isEqualTo(reason));
  }
}
