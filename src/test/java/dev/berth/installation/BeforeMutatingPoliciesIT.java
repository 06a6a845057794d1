package dev.berth.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.catalogue.Plans;
import dev.berth.kubernetes.Cluster;
import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.KubernetesTarget;
import dev.berth.kubernetes.SomeTenant;
import dev.berth.kubernetes.TestConfig;
import dev.berth.kubernetes.facts.ClusterWatch;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.local.cluster.LocalCluster;
import dev.berth.local.process.Progress;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Operation;
import dev.berth.plan.Operation.Proof;
import dev.berth.plan.Outcome;
import dev.berth.plan.Plan;
import dev.berth.plan.Recorded;
import dev.berth.plan.SandboxClass.Canary;
import dev.berth.plan.Work;
import dev.berth.plan.decide.Planner;
import dev.berth.plan.decide.Standing;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Assignment.Owner;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.Status;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Reason;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clusters that set no class by themselves: those before 1.36, and those where mutating policies
 * are switched off in one of four ways. Denial is all there is, and it is enough.
 */
class BeforeMutatingPoliciesIT {

  private static final String NOT_SERVED =
      "--runtime-config=admissionregistration.k8s.io/v1/mutatingadmissionpolicies=false,"
          + "admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings=false";
  private static final String NOT_RUN = "--disable-admission-plugins=MutatingAdmissionPolicy";
  private static final String NAMESPACE = "tenant-early";

  @TempDir Path dir;

  @Test
  void mutatingPoliciesThatAreServedButSwitchedOffByTheFeatureGate() {
    deniesOnly(true, "--feature-gates=MutatingAdmissionPolicy=false");
  }

  @Test
  void mutatingPoliciesThatAreServedButNeverRun() {
    deniesOnly(true, NOT_RUN);
  }

  @Test
  void mutatingPoliciesThatAreNeitherServedNorRunAsBefore136() {
    deniesOnly(false, NOT_SERVED, NOT_RUN);
  }

  /** The API server then refuses every write for good: Berth waits, and crashes nowhere. */
  @Test
  void mutatingPoliciesThatAreWaitedForInVainProveNothingAndOpenNothing() {
    LocalCluster cluster = LocalCluster.start(dir, Progress.toConsole());
    try (Running whole = new Running(cluster)) {
      ClusterFacts before =
          whole.facts(known -> known.classes().getFirst().canary() == Canary.DEFAULTS);

      cluster.restartApiServer(List.of(NOT_SERVED));
      try (Running running = new Running(cluster)) {
        ClusterFacts facts = running.facts(known -> true);
        assertThat(facts.admission().mutating()).isFalse();
        assertThat(facts.admission().faults()).isEmpty();
        assertThat(facts.classes().getFirst().canary()).isEqualTo(Canary.UNPROVEN);

        assertThat(plan(facts).operations()).isEmpty();
        assertThat(plan(facts).findings())
            .extracting(Work.Finding::reason)
            .contains(Reason.ProofInconclusive);
        assertPasses(running.executes(plan(before).operations().getFirst(), tenant()));
        assertPasses(running.executes(probe("tenant-berth-canary-kata-vm-isolation"), tenant()));
        assertThat(Hands.berths(cluster).get("/api/v1/namespaces/" + NAMESPACE).code())
            .isEqualTo(404);
      }
    }
  }

  private static Work plan(ClusterFacts facts) {
    return new Planner().plan(tenant(), starter(), nothing(), facts);
  }

  private static Standing nothing() {
    return new Standing(tenant().with(List.<TenantNamespace>of()), Recorded.NOTHING, null);
  }

  private static Operation probe(String namespace) {
    return new Operation.Verify(namespace, new Proof.ProbeDenied(), List.of());
  }

  private static void assertPasses(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Retryable.class,
            retryable ->
                assertThat(retryable.reason())
                    .isIn(Reason.ApiUnavailable, Reason.ApiTimeout, Reason.ProofInconclusive));
  }

  private void deniesOnly(boolean served, String... flags) {
    try (Running running =
        new Running(LocalCluster.start(dir, List.of(flags), Progress.toConsole()))) {
      ClusterFacts facts =
          running.facts(known -> known.classes().getFirst().canary() == Canary.DENIES);
      assertThat(facts.admission().mutating()).isEqualTo(served);
      assertThat(facts.admission().faults()).isEmpty();

      running.opens(tenant(), facts);
      running.awaitMember();

      Answer denied = running.tenantStarts("");
      assertThat(denied.code()).isEqualTo(403);
      assertThat(denied.message())
          .contains("'berth-sandbox'", "set spec.runtimeClassName to \"kata-vm-isolation\"");
      Answer admitted = running.tenantStarts("'runtimeClassName': 'kata-vm-isolation',");
      assertThat(admitted.code()).isEqualTo(201);
      assertThat(admitted.body().at("/spec/overhead/memory").asText()).isEqualTo("600Mi");

      Answer unasked = running.tenantStarts("'runtimeClassName': 'kata-vm-isolation',", "app:1");
      assertThat(unasked.code()).isEqualTo(403);
      assertThat(unasked.message()).contains("'berth-images'", "set imagePullPolicy to Always");
    }
  }

  private static Tenant tenant() {
    Plan plan = starter();
    TenantSpec spec =
        new TenantSpec(
            1,
            PlanRef.parse("starter").orElseThrow(),
            "Early",
            List.of(new Subject(Subject.SubjectKind.Group, "early-team", null)),
            List.of(),
            Map.of(),
            2,
            null,
            "{}");
    return new Tenant(
        new TenantId("early"),
        new Tenant.Life(1, List.of(new TenantNamespace("", NAMESPACE, UUID.randomUUID(), null))),
        new Tenant.Revision(1, null),
        new Desired(Desired.Mode.ACTIVE, 1, spec, plan.id(), null),
        Status.NONE);
  }

  private static Plan starter() {
    try (InputStream yaml = Plan.class.getResourceAsStream("/plans/starter.yaml")) {
      return Plans.parse(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Berth's facts and target on such a cluster, which ends with them. */
  private static final class Running implements AutoCloseable {

    private final LocalCluster cluster;
    private final KubernetesClient client;
    private final ClusterWatch watch;
    private final KubernetesTarget target;

    Running(LocalCluster cluster) {
      this.cluster = cluster;
      this.client = cluster.berthClient();
      ApiServer api = new ApiServer(client, Clock.systemUTC());
      this.target = Cluster.target(api);
      this.watch = new ClusterWatch(api, TestConfig.defaults(), Clock.systemUTC());
      watch.start();
    }

    ClusterFacts facts(Predicate<ClusterFacts> wanted) {
      return await().until(watch::get, facts -> facts.known() && wanted.test(facts));
    }

    /** Step by step, each tried again as Berth does. */
    void opens(Tenant tenant, ClusterFacts facts) {
      Work work = plan(facts);
      assertThat(work.operations())
          .filteredOn(Operation.Verify.class::isInstance)
          .extracting(operation -> ((Operation.Verify) operation).proof())
          .contains(new Proof.ProbeDenied(), new Proof.ClassRequired())
          .doesNotHaveAnyElementsOfTypes(Proof.ClassDefaulted.class);
      work.operations()
          .forEach(operation ->
              await(operation.id())
                  .until(() -> executes(operation, tenant), Outcome.Done.class::isInstance));
    }

    Outcome executes(Operation operation, Tenant tenant) {
      return target.execute(
          operation,
          new Assignment(Owner.of(tenant), SomeTenant.INSTALLATION, Hands.soon(), () -> true));
    }

    /** The API server learns of a binding by a watch. */
    void awaitMember() {
      Hands member = Hands.memberOf(cluster, "early-team");
      await().until(() -> member.get("/api/v1/namespaces/" + NAMESPACE + "/pods").isOk());
    }

    Answer tenantStarts(String runtimeClass) {
      return tenantStarts(runtimeClass, "app");
    }

    /** Without a tag the registry is always asked. */
    Answer tenantStarts(String runtimeClass, String image) {
      return Hands.memberOf(cluster, "early-team")
          .post(
              "/api/v1/namespaces/" + NAMESPACE + "/pods",
              """
              {'metadata': {'generateName': 'app-'},
               'spec': {%s 'securityContext': {'runAsNonRoot': true, 'seccompProfile': {'type': 'RuntimeDefault'}},
                        'containers': [{'name': 'app', 'image': '%s',
                                        'securityContext': {'allowPrivilegeEscalation': false,
                                                            'capabilities': {'drop': ['ALL']}}}]}}\
              """
                  .formatted(runtimeClass, image));
    }

    @Override
    public void close() {
      watch.stop();
      client.close();
      cluster.close();
    }
  }
}
