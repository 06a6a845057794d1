package dev.berth.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.kubernetes.Cluster;
import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.SomeTenant;
import dev.berth.plan.ClusterAdmission;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Plan;
import dev.berth.plan.Recorded;
import dev.berth.plan.decide.Planner;
import dev.berth.plan.decide.Standing;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Assignment.Owner;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.Status;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.TenantSpec;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A tenant of a plan on the real API server, with all that Berth plans for it. */
public record PlannedTenant(Tenant tenant) {

  private static final ClusterFacts FACTS =
      new ClusterFacts(
          true,
          List.of(SomeTenant.KATA),
          new ClusterAdmission("v1.36.3", true, true, List.of()),
          new ClusterNetwork("cilium", List.of(), List.of()));

  /** Every operation is done when this returns. */
  public static PlannedTenant open(Plan plan) {
    PlannedTenant planned = new PlannedTenant(tenant(plan));
    for (Operation operation :
        new Planner()
            .plan(
                planned.tenant,
                plan,
                new Standing(
                    planned.tenant.with(List.<TenantNamespace>of()), Recorded.NOTHING, null),
                FACTS)
            .operations()) {
      await(operation.id())
          .untilAsserted(
              () -> assertThat(planned.does(operation)).isInstanceOf(Outcome.Done.class));
    }
    return planned;
  }

  public Outcome does(Operation operation) {
    return Cluster.target()
        .execute(
            operation,
            new Assignment(Owner.of(tenant), SomeTenant.INSTALLATION, Hands.soon(), () -> true));
  }

  public String namespace() {
    return tenant.id().namespace("");
  }

  public Caller owner() {
    return Caller.memberOf("owners-of-" + tenant.id());
  }

  public Caller viewer() {
    return Caller.memberOf("viewers-of-" + tenant.id());
  }

  private static Tenant tenant(Plan plan) {
    TenantId id = SomeTenant.fresh().id();
    TenantSpec spec =
        new TenantSpec(
            1,
            new PlanRef(plan.id().name(), null),
            "Some",
            List.of(new Subject(Subject.SubjectKind.Group, "owners-of-" + id, null)),
            List.of(new Subject(Subject.SubjectKind.Group, "viewers-of-" + id, null)),
            Map.of(),
            null,
            null,
            "{}");
    List<TenantNamespace> namespaces =
        plan.namespaces().stream()
            .map(
                n -> new TenantNamespace(n.name(), id.namespace(n.name()), UUID.randomUUID(), null))
            .toList();
    return new Tenant(
        id,
        new Tenant.Life(1, namespaces),
        new Tenant.Revision(1, new Cause("c", "e", null)),
        new Desired(Desired.Mode.ACTIVE, 1, spec, plan.id(), null),
        Status.NONE);
  }
}
