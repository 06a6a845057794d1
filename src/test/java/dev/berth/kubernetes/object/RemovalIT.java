package dev.berth.kubernetes.object;

import static dev.berth.kubernetes.Cluster.does;
import static dev.berth.kubernetes.Cluster.names;
import static dev.berth.kubernetes.Cluster.onboard;
import static dev.berth.kubernetes.SomeTenant.apply;
import static dev.berth.kubernetes.SomeTenant.close;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.kubernetes.Cluster;
import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.SomeTenant;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.plan.Operation;
import dev.berth.plan.Operation.Proof;
import dev.berth.plan.Outcome;
import dev.berth.tenant.condition.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way out, and that it takes nothing of others along. */
class RemovalIT {

  private static final String POD =
      """
      {'metadata': {%s 'name': 'stubborn'}, 'spec': {'runtimeClassName': 'kata-vm-isolation',
       'securityContext': {'runAsNonRoot': true, 'seccompProfile': {'type': 'RuntimeDefault'}},
       'containers': [{'name': 'c', 'image': 'x', 'securityContext':
         {'allowPrivilegeEscalation': false, 'capabilities': {'drop': ['ALL']}}}]}}\
      """;

  private static final String KEEPER =
      """
      {'metadata': {'name': '%s'}, 'spec': {
        'matchConstraints': {'resourceRules': [{'apiGroups': [''], 'apiVersions': ['v1'],
                             'operations': ['UPDATE', 'DELETE'], 'resources': ['namespaces']}]},
        'validations': [{'expression': 'oldObject.metadata.name != \\"%s\\"', 'message': 'it stays'}]}}\
      """;

  private final Hands intruder = Cluster.intruder();
  private final SomeTenant tenant = SomeTenant.fresh();

  @Test
  void aLeavingTenantLosesAccessPodsAndNamespace() {
    Outcome.Done made = onboard(tenant);
    intruder.post(ApiPath.pods(tenant.namespace()), POD.formatted(""));
    SomeTenant leaving = tenant.recorded(made.uid()).leaving();

    assertThat(does(close(leaving.owners()), leaving)).isInstanceOf(Outcome.Done.class);
    assertThat(does(close(leaving.noPods()), leaving)).isInstanceOf(Outcome.Done.class);
    await()
        .untilAsserted(() ->
            assertThat(does(leaving.verify(new Proof.QuotaBinds()), leaving))
                .isInstanceOf(Outcome.Done.class));
    await()
        .untilAsserted(
            () -> assertThat(does(leaving.evict(), leaving)).isInstanceOf(Outcome.Done.class));
    holds();
    assertThat(does(leaving.delete(made.uid()), leaving)).isInstanceOf(Outcome.InProgress.class);
    assertThat(does(leaving.delete(made.uid()), leaving)).isInstanceOf(Outcome.InProgress.class);
    releases();
    await()
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
    Outcome.Done made = onboard(tenant);
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
  void aClosedBindingThatIsAbsentIsMadeSoThatALateCreationMeetsIt() {
    does(apply(tenant.itself()), tenant);

    Outcome outcome = does(close(tenant.owners()), tenant);

    assertThat(outcome).isEqualTo(new Outcome.Done(tenant.uidOf(intruder, tenant.owners())));
    assertThat(names(ApiPath.object(tenant.owners().key()))).isEmpty();
  }

  @Test
  void aBindingOfSomebodyElseIsNotClosed() {
    does(apply(tenant.itself()), tenant);
    intruder.post(
        ApiPath.collection(tenant.owners().key()),
        """
        {'metadata': {'name': 'berth-owner'}, 'subjects': [{'kind': 'User', 'name': 'stranger'}],
         'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'x'}}\
        """);

    assertThat(does(close(tenant.owners()), tenant)).isEqualTo(new Outcome.Done(null));

    assertThat(names(ApiPath.object(tenant.owners().key()))).containsExactly("stranger");
  }

  @Test
  void inANamespaceThatIsBeingDeletedNothingIsMadeToBeClosed() {
    Outcome.Done made = (Outcome.Done) does(apply(tenant.itself()), tenant);
    holds();
    intruder.delete(tenant.path(), made.uid());

    assertThat(does(close(tenant.owners()), tenant)).isEqualTo(new Outcome.Done(null));
    assertThat(does(close(tenant.noPods()), tenant)).isEqualTo(new Outcome.Done(null));

    releases();
  }

  /** The namespace goes no further than this object lets it. */
  private void holds() {
    intruder.post(
        tenant.path() + "/configmaps",
        "{'metadata': {'name': 'held', 'finalizers': ['ex.io/stay']}}");
  }

  private void releases() {
    intruder.patch(tenant.path() + "/configmaps/held", "{'metadata': {'finalizers': null}}");
  }

  @Test
  void anUnrecordedNamespaceIsFoundByItsMarksAndDeleted() {
    does(apply(tenant.itself()), tenant);
    holds();

    assertThat(does(tenant.delete(null), tenant.leaving())).isInstanceOf(Outcome.InProgress.class);
    assertThat(intruder.get(tenant.path()).object().isTerminating()).isTrue();

    releases();
  }

  @Test
  void podsThatHoldOnAreNamedWithTheReason() {
    Outcome.Done made = onboard(tenant);
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

  /** L3: as Rancher holds a namespace. */
  @Test
  void aNamespaceThatHoldsItselfIsAMatterForPeopleAfterTwoMinutes() {
    Outcome.Done made = (Outcome.Done) does(apply(tenant.itself()), tenant);
    intruder.patch(
        tenant.path(), "{'metadata': {'finalizers': ['controller.cattle.io/namespace-auth']}}");
    SomeTenant leaving = tenant.recorded(made.uid()).leaving();
    assertThat(does(leaving.delete(made.uid()), leaving)).isInstanceOf(Outcome.InProgress.class);
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(3));
    Removal removal = new Removal(intruder.api, new Namespaces(intruder.api), later);

    assertThat(removal.delete(leaving.delete(made.uid()), leaving.assignment()))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            held -> {
              assertThat(held.reason()).isEqualTo(Reason.DeletionBlocked);
              assertThat(held.message())
                  .contains("Namespace " + tenant.namespace(), "controller.cattle.io");
            });

    intruder.patch(tenant.path(), "{'metadata': {'finalizers': null}}");
    await()
        .untilAsserted(() ->
            assertThat(does(leaving.delete(made.uid()), leaving))
                .isEqualTo(new Outcome.Done(null)));
  }

  /** T4: a tenant's number does not decide how long Berth waits. */
  @Test
  void aPodThatWantsACenturyIsGivenWhatThePlanGives() {
    Outcome.Done made = onboard(tenant);
    grace("3153600000");
    String century =
        POD.formatted("")
            .replace(
                "'runtimeClassName'",
                "'terminationGracePeriodSeconds': 3153600000, 'runtimeClassName'");
    await().until(() -> intruder.post(ApiPath.pods(tenant.namespace()), century).code() == 201);
    grace("60");
    String pod = ApiPath.pods(tenant.namespace()) + "/stubborn";
    Answer bound =
        intruder.post(
            pod + "/binding",
            """
            {'apiVersion': 'v1', 'kind': 'Binding', 'metadata': {'name': 'stubborn'},
             'target': {'apiVersion': 'v1', 'kind': 'Node', 'name': 'silent'}}\
            """);
    assertThat(bound.code()).as(bound.message()).isEqualTo(201);
    intruder.delete(pod, intruder.get(pod).object().uid());
    assertThat(intruder.get(pod).body().at("/metadata/deletionGracePeriodSeconds").asLong())
        .as("before Berth comes")
        .isEqualTo(3153600000L);
    SomeTenant leaving = tenant.recorded(made.uid()).leaving();

    assertThat(does(leaving.evict(), leaving)).isInstanceOf(Outcome.InProgress.class);

    assertThat(intruder.get(pod).body().at("/metadata/deletionGracePeriodSeconds").asLong())
        .isEqualTo(60);
    intruder.delete(pod + "?gracePeriodSeconds=0", intruder.get(pod).object().uid());
  }

  private void grace(String seconds) {
    intruder.patch(
        tenant.path(),
        "{'metadata': {'annotations': {'berth.dev/termination-grace': '%s'}}}".formatted(seconds));
  }

  private static List<Operation> everyStepOut(SomeTenant leaving, String uid) {
    return List.of(
        close(leaving.owners()),
        close(leaving.noPods()),
        leaving.verify(new Proof.QuotaBinds()),
        leaving.evict(),
        leaving.delete(uid));
  }

  /** L7: a policy denies with 422 unless it chooses another code. */
  @Test
  void aDeletionThatAPolicyOfOthersDeniesNamesThePolicy() {
    Outcome.Done made = onboard(tenant);
    String name = "keeps-" + tenant.id();
    String policies = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";
    Answer policy = intruder.post(policies, KEEPER.formatted(name, tenant.namespace()));
    Answer binding =
        intruder.post(
            policies.replace("policies", "policybindings"),
            "{'metadata': {'name': '%1$s'}, 'spec': {'policyName': '%1$s', 'validationActions': ['Deny']}}"
                .formatted(name));
    assertThat(policy.code()).as(policy.message()).isEqualTo(201);
    assertThat(binding.code()).as(binding.message()).isEqualTo(201);
    await()
        .untilAsserted(() -> {
          Answer denied = intruder.patch(tenant.path(), "{'metadata': {'labels': {'a': 'b'}}}");
          assertThat(denied.code()).isEqualTo(422);
        });

    SomeTenant leaving = tenant.recorded(made.uid()).leaving();
    Outcome outcome = does(leaving.delete(made.uid()), leaving);
    intruder.delete(policies + "/" + name, policy.object().uid());
    intruder.delete(
        policies.replace("policies", "policybindings") + "/" + name, binding.object().uid());

    Cluster.assertRejected(outcome, Reason.ApiForbidden);
    assertThat(outcome.toString()).contains("ValidatingAdmissionPolicy " + name + " denies it");
  }
}
