package dev.berth.kubernetes.proof;

import static dev.berth.kubernetes.Cluster.assertRejected;
import static dev.berth.kubernetes.Cluster.assertRetries;
import static dev.berth.kubernetes.Cluster.does;
import static dev.berth.kubernetes.Cluster.onboard;
import static dev.berth.kubernetes.SomeTenant.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.Cluster;
import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.SomeTenant;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.Live;
import dev.berth.local.Parts;
import dev.berth.local.PoliciesInForce;
import dev.berth.plan.Operation.Proof;
import dev.berth.plan.Outcome;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API server proves that a namespace is closed, or the tenant does not open. */
class ProofsIT {

  private final Hands intruder = Cluster.intruder();
  private final SomeTenant tenant = SomeTenant.fresh();

  @BeforeAll
  static void allPoliciesAreInForce() {
    PoliciesInForce.awaitAll(Parts.cluster());
  }

  @Test
  void theProofsHoldInANewNamespaceOnThisCluster() {
    onboard(tenant);

    assertThat(does(tenant.verify(new Proof.QuotaBinds()), tenant))
        .isInstanceOf(Outcome.Done.class);
    assertThat(does(tenant.verify(new Proof.ProbeDenied()), tenant))
        .isInstanceOf(Outcome.Done.class);
    assertThat(does(tenant.verify(new Proof.ClassDefaulted(SomeTenant.KATA)), tenant))
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aPodWithoutClassIsNoProofWhereTheClusterDefaults() {
    onboard(tenant);

    assertRetries(does(tenant.verify(new Proof.ClassRequired()), tenant), Reason.ProofInconclusive);
  }

  @Test
  void aFullQuotaProvesNothing() {
    onboard(tenant);
    does(apply(tenant.noPods()), tenant);

    await()
        .untilAsserted(() ->
            assertRetries(
                does(tenant.verify(new Proof.ClassDefaulted(SomeTenant.KATA)), tenant),
                Reason.ProofInconclusive));
    assertThat(does(tenant.verify(new Proof.ProbeDenied()), tenant))
        .as("the sandbox policy speaks before the quota")
        .isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aDenialBySomebodyElseProvesNothing() {
    onboard(tenant);
    intruder.post(
        "/api/v1/namespaces/" + tenant.namespace() + "/limitranges",
        "{'metadata': {'name': 'narrow'}, 'spec': {'limits': [{'type': 'Container', 'max': {'memory': '64Mi'}}]}}");

    await()
        .untilAsserted(() ->
            assertRetries(
                does(tenant.verify(new Proof.ClassDefaulted(SomeTenant.KATA)), tenant),
                Reason.ProofInconclusive));
    assertRetries(does(tenant.verify(new Proof.ClassRequired()), tenant), Reason.ProofInconclusive);
  }

  @Test
  void anUnexpectedOverheadIsNoProof() {
    onboard(tenant);
    var other = SomeTenant.kata(1);

    assertRetries(
        does(tenant.verify(new Proof.ClassDefaulted(other)), tenant), Reason.ProofInconclusive);
  }

  @ParameterizedTest
  @ValueSource(strings = {"validatingadmissionpolicies", "validatingadmissionpolicybindings"})
  void withoutThePolicyOrItsBindingTheProbeIsLetInAndProvesNothing(String kind) throws Exception {
    onboard(tenant);
    String all = "/apis/admissionregistration.k8s.io/v1/" + kind;
    Live shipped = intruder.get(all + "/berth-sandbox").object();

    intruder.delete(all + "/berth-sandbox", shipped.uid());
    try {
      await()
          .untilAsserted(() ->
              assertRetries(
                  does(tenant.verify(new Proof.ProbeDenied()), tenant), Reason.SandboxUnproven));
    } finally {
      ObjectNode again = shipped.json().deepCopy();
      again.putObject("metadata").put("name", "berth-sandbox");
      intruder.api.post(all, again, Hands.soon());
      await()
          .untilAsserted(() ->
              assertThat(does(tenant.verify(new Proof.ProbeDenied()), tenant))
                  .isInstanceOf(Outcome.Done.class));
    }
  }

  @Test
  void withoutTheProbeClassNothingIsProvenAndThatIsSaid() {
    onboard(tenant);
    String all = "/apis/node.k8s.io/v1/runtimeclasses";
    Live shipped = intruder.get(all + "/berth-probe").object();

    intruder.delete(all + "/berth-probe", shipped.uid());
    try {
      await()
          .untilAsserted(() ->
              assertRejected(
                  does(tenant.verify(new Proof.ProbeDenied()), tenant), Reason.ProbeClassMissing));
    } finally {
      ObjectNode again = shipped.json().deepCopy();
      again.putObject("metadata").put("name", "berth-probe");
      intruder.api.post(all, again, Hands.soon());
      await()
          .untilAsserted(() ->
              assertThat(does(tenant.verify(new Proof.ProbeDenied()), tenant))
                  .isInstanceOf(Outcome.Done.class));
    }
  }

  @Test
  void aPodWithoutClassIsDeniedInANamespaceThatNamesNoClass() {
    does(apply(tenant.itself()), tenant);
    does(apply(tenant.account()), tenant);
    intruder.patch(tenant.path(), "{'metadata': {'labels': {'berth.dev/runtime-class': null}}}");

    await()
        .untilAsserted(() ->
            assertThat(does(tenant.verify(new Proof.ClassRequired()), tenant))
                .isInstanceOf(Outcome.Done.class));
    assertRetries(
        does(tenant.verify(new Proof.ClassDefaulted(SomeTenant.KATA)), tenant),
        Reason.ProofInconclusive);
  }

  @Test
  void aQuotaThatTheControllerHasNotTakenOverDoesNotBind() {
    onboard(tenant);

    // Again where the controller has just taken over all quotas, as it does every five minutes.
    await()
        .untilAsserted(() -> {
          intruder.patch(status(), "{'status': {'hard': {'pods': '99'}}}");
          assertThat(does(tenant.verify(new Proof.QuotaBinds()), tenant))
              .isInstanceOfSatisfying(
                  Outcome.InProgress.class,
                  o -> assertThat(o.reason()).isEqualTo(Reason.QuotaNotYetEnforced));
        });
  }

  @Test
  void whoWaitsForAQuotaIsToldByTheWatch() throws Exception {
    onboard(tenant);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      // Again where the wait was over before the quota was patched.
      await()
          .untilAsserted(() -> {
            intruder.patch(status(), "{'status': {'hard': {'pods': '99'}}}");
            var outcome = threads.submit(() -> does(tenant.verify(new Proof.QuotaBinds()), tenant));
            intruder.patch(status(), "{'status': {'hard': {'pods': '98'}}}");
            intruder.patch(status(), "{'status': {'hard': {'pods': '20.0'}}}");
            assertThat(outcome.get()).isInstanceOf(Outcome.Done.class);
          });
    }
  }

  private String status() {
    return ApiPath.object(tenant.noPods().key()) + "/status";
  }

  @Test
  void manyQuotasAtOnceAreAllSeenToBind() throws Exception {
    List<SomeTenant> many = Stream.generate(SomeTenant::fresh).limit(12).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var outcomes = many.stream().map(t -> threads.submit(() -> onboard(t))).toList();
      for (var outcome : outcomes) {
        assertThat(outcome.get().uid()).isNotEmpty();
      }
    }
  }
}
