package dev.berth.plan.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalogue.Plans;
import dev.berth.plan.ClusterAdmission;
import dev.berth.plan.ClusterAdmission.PolicyFault;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Operation;
import dev.berth.plan.Plan;
import dev.berth.plan.Recorded;
import dev.berth.plan.Resource;
import dev.berth.plan.Samples;
import dev.berth.plan.Work;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.Status;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** While policies of the release before stand, who is in stays in and nobody else comes in. */
class OutdatedPoliciesTest {

  private static final Plan TEAM = Plans.parse(read());
  private static final PolicyFault OUTDATED =
      PolicyFault.outdated("ValidatingAdmissionPolicy berth-storage");
  private static final PolicyFault LOST =
      new PolicyFault("ValidatingAdmissionPolicyBinding berth-sandbox", null, true);

  @Test
  void anOpenTenantIsKeptUpToDateAndOpen() {
    Work work = plan(Condition.Truth.True, bindings("tenant-acme", "tenant-acme--jobs"), OUTDATED);

    assertThat(work.isBlocked()).isFalse();
    assertThat(work.findings())
        .extracting(Work.Finding::reason)
        .doesNotContain(Reason.PolicyOutdated);
    assertThat(work.operations()).anyMatch(Operation.Apply.class::isInstance);
    assertThat(work.operations()).noneMatch(OutdatedPoliciesTest::closes);
  }

  @Test
  void aNewTenantIsNotOpened() {
    assertIsHeld(plan(Condition.Truth.Unknown, Recorded.NOTHING, OUTDATED));
  }

  @Test
  void aTenantThatWasClosedStaysClosed() {
    assertIsHeld(
        plan(Condition.Truth.False, bindings("tenant-acme", "tenant-acme--jobs"), OUTDATED));
  }

  @Test
  void anOpenTenantGetsNoFurtherNamespace() {
    assertIsHeld(plan(Condition.Truth.True, bindings("tenant-acme"), OUTDATED));
  }

  @Test
  void aLossBesideIsALoss() {
    Work work =
        plan(Condition.Truth.True, bindings("tenant-acme", "tenant-acme--jobs"), OUTDATED, LOST);

    assertThat(work.findings()).extracting(Work.Finding::reason).contains(Reason.PolicyMissing);
    assertThat(work.operations()).anyMatch(OutdatedPoliciesTest::closes);
  }

  private static void assertIsHeld(Work work) {
    assertThat(work.findings())
        .filteredOn(finding -> finding.reason() == Reason.PolicyOutdated)
        .extracting(Work.Finding::message)
        .singleElement()
        .asString()
        .contains("ValidatingAdmissionPolicy berth-storage", "kubectl apply -k k8s/policies");
    assertThat(work.isBlocked()).isTrue();
    assertThat(work.operations()).noneMatch(OutdatedPoliciesTest::makesOrLetsIn);
    assertThat(work.operations()).noneMatch(OutdatedPoliciesTest::closes);
  }

  private static boolean makesOrLetsIn(Operation operation) {
    return operation instanceof Operation.Apply apply
        && (apply.resource() instanceof Resource.RoleBinding
            || apply.resource() instanceof Resource.Namespace && apply.uid() == null);
  }

  private static boolean closes(Operation operation) {
    return operation instanceof Operation.Revoke revoke && revoke.closes();
  }

  private static Recorded bindings(String... namespaces) {
    return new Recorded(
        Stream.of(namespaces)
            .flatMap(namespace ->
                Stream.of(
                    Resource.Key.ofNamespace(namespace),
                    Bindings.owner(namespace, List.of()).key()))
            .collect(Collectors.toMap(key -> key, Object::toString)));
  }

  private static Work plan(Condition.Truth access, Recorded recorded, PolicyFault... faults) {
    ClusterFacts healthy = Samples.healthy();
    ClusterFacts facts =
        new ClusterFacts(
            true,
            healthy.classes(),
            new ClusterAdmission(healthy.admission().version(), true, true, List.of(faults)),
            healthy.network());
    TenantSpec spec =
        new TenantSpec(
            1,
            PlanRef.parse("team").orElseThrow(),
            "Acme",
            List.of(new Subject(Subject.SubjectKind.Group, "owners", null)),
            List.of(),
            Map.of(),
            8,
            null,
            "{}");
    Tenant tenant =
        new Tenant(
            new TenantId("acme"),
            new Tenant.Life(1, List.of()),
            new Tenant.Revision(1, null),
            new Desired(Desired.Mode.ACTIVE, 1, spec, TEAM.id(), null),
            status(access, recorded));
    return new Planner().plan(tenant, TEAM, new Standing(tenant, recorded, TEAM), facts);
  }

  private static Status status(Condition.Truth access, Recorded recorded) {
    Condition condition =
        new Condition(ConditionType.AccessReady, access, Reason.Applied, "", 1, Instant.EPOCH);
    return Status.NONE
        .with(Conditions.of(List.of(condition)))
        .reached(1, recorded.equals(Recorded.NOTHING) ? null : TEAM.id());
  }

  private static String read() {
    try {
      return Files.readString(
          Path.of(System.getProperty("basedir", "")).resolve("src/main/resources/plans/team.yaml"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
