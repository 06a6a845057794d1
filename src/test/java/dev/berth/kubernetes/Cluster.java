package dev.berth.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.kubernetes.object.AccessRemoval;
import dev.berth.kubernetes.object.Namespaces;
import dev.berth.kubernetes.object.Removal;
import dev.berth.kubernetes.object.Repairs;
import dev.berth.kubernetes.object.Writes;
import dev.berth.kubernetes.proof.Proofs;
import dev.berth.kubernetes.proof.QuotaWatch;
import dev.berth.kubernetes.proof.UnfitPods;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.EndlessWatch;
import dev.berth.plan.Operation;
import dev.berth.plan.Operation.Proof;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Pieces;
import dev.berth.tenant.condition.Reason;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Berth's target on a real API server, with Berth's rights and under Berth's policies. */
public final class Cluster {

  private static final Hands INTRUDER = Hands.intruders();
  private static final KubernetesTarget TARGET = target(Hands.berths().api);

  private Cluster() {}

  public static Hands intruder() {
    return INTRUDER;
  }

  public static KubernetesTarget target() {
    return TARGET;
  }

  public static Outcome does(Operation operation, SomeTenant tenant) {
    return TARGET.execute(operation, tenant.assignment());
  }

  /** The same for a claim of which the database says whether it still counts. */
  public static Outcome does(Operation operation, SomeTenant tenant, BooleanSupplier counts) {
    Assignment of = tenant.assignment();
    return TARGET.execute(
        operation, new Assignment(of.owner(), of.installation(), of.deadline(), counts));
  }

  /** The way of a tenant up to its opening, tried again as Berth does; gives the namespace. */
  public static Outcome.Done onboard(SomeTenant tenant) {
    Outcome.Done namespace = isDone(SomeTenant.apply(tenant.itself()), tenant);
    for (Resource resource : tenant.everything()) {
      isDone(SomeTenant.apply(resource), tenant);
    }
    isDone(tenant.verify(new Proof.QuotaBinds()), tenant);
    return namespace;
  }

  private static Outcome.Done isDone(Operation operation, SomeTenant tenant) {
    return (Outcome.Done)
        await().until(() -> does(operation, tenant), Outcome.Done.class::isInstance);
  }

  public static List<String> names(String binding) {
    return INTRUDER.get(binding).body().path("subjects").findValuesAsText("name");
  }

  public static void assertRetries(Outcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Retryable.class, o -> assertThat(o.reason()).isEqualTo(reason));
  }

  public static void assertRejected(Outcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, o -> assertThat(o.reason()).isEqualTo(reason));
  }

  public static KubernetesTarget target(ApiServer api) {
    Clock clock = Clock.systemUTC();
    Namespaces namespaces = new Namespaces(api);
    EndlessWatch.Patience patience =
        new EndlessWatch.Patience(TestConfig.defaults().watchSilence(), clock);
    QuotaWatch quotas = new QuotaWatch(api, namespaces, patience, freed -> {});
    Repairs repairs = new Repairs(new Pieces().metrics, clock);
    return new KubernetesTarget(
        new Writes(api, namespaces, repairs, clock),
        new Proofs(api, quotas),
        new Removal(api, namespaces, clock),
        new AccessRemoval(api, namespaces, repairs),
        new UnfitPods(api, namespaces, clock));
  }
}
