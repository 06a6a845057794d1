package dev.berth.plan.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalogue.Plans;
import dev.berth.plan.ClusterAdmission;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Operation;
import dev.berth.plan.Recorded;
import dev.berth.plan.Resource;
import dev.berth.plan.Samples;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.decide.Planner;
import dev.berth.plan.decide.Standing;
import dev.berth.plan.isolation.IsolationCheck.Bound;
import dev.berth.plan.isolation.IsolationCheck.PodDefaulted;
import dev.berth.plan.isolation.IsolationCheck.PodRefused;
import dev.berth.plan.isolation.IsolationCheck.Right;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.Status;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is asked about a tenant follows from its plan and from the cluster. */
class IsolationChecksTest {

  private static final Subject OWNER = new Subject(Subject.SubjectKind.Group, "owners", null);
  private static final Subject VIEWER = new Subject(Subject.SubjectKind.User, "ann", null);
  private static final TenantId ACME = new TenantId("acme");

  private final String team = read("team");

  @Test
  void inEveryNamespaceEachEscapeIsTriedOnce() {
    List<IsolationCheck> checks = checks(team, SandboxClass.Canary.DENIES);

    for (String namespace : List.of("tenant-acme", "tenant-acme--jobs")) {
      assertThat(checks)
          .filteredOn(c -> c instanceof PodRefused pod && pod.namespace().equals(namespace))
          .extracting(c -> ((PodRefused) c).escape())
          .containsExactlyInAnyOrder(Escape.values());
    }
    assertThat(checks).noneMatch(PodDefaulted.class::isInstance);
  }

  @Test
  void aClusterWithDefaultsMustGiveTheClass() {
    List<IsolationCheck> checks = checks(team, SandboxClass.Canary.DEFAULTS);

    assertThat(checks)
        .contains(new PodDefaulted("tenant-acme", "kata-vm-isolation"))
        .noneMatch(c -> c instanceof PodRefused pod && pod.escape() == Escape.NO_CLASS);
  }

  @Test
  void aSharedPlanHasNoSandboxToProveButTheRestHolds() {
    String shared = team.replace("isolation: sandboxed", "isolation: shared");

    assertThat(checks(shared, SandboxClass.Canary.DEFAULTS))
        .noneMatch(PodDefaulted.class::isInstance)
        .noneMatch(c -> c instanceof PodRefused pod && pod.escape().isFromSandbox())
        .contains(new PodRefused("tenant-acme", Escape.HOST_NETWORK, ""));
  }

  @Test
  void quotasAndLimitsAreThoseThatThePlannerApplies() {
    List<Resource> bound =
        checks(team, SandboxClass.Canary.DEFAULTS).stream()
            .filter(Bound.class::isInstance)
            .map(c -> ((Bound) c).resource())
            .toList();

    List<Resource> applied =
        new Planner()
                .plan(
                    tenant(),
                    Plans.parse(team),
                    new Standing(tenant(), Recorded.NOTHING, null),
                    facts(SandboxClass.Canary.DEFAULTS))
                .operations()
                .stream()
                .filter(Operation.Apply.class::isInstance)
                .map(o -> ((Operation.Apply) o).resource())
                .filter(
                    r -> r instanceof Resource.ResourceQuota || r instanceof Resource.LimitRange)
                .toList();
    assertThat(bound).hasSize(4).containsExactlyInAnyOrderElementsOf(applied);
  }

  @Test
  void ownersAndViewersNeedOtherRightsAndNeitherMayLeave() {
    List<Right> rights = rights(team);

    assertThat(rights)
        .contains(
            right(OWNER, Permission.to("list create delete", "secrets"), true),
            right(VIEWER, Permission.to("get list create", "secrets"), false),
            right(VIEWER, Permission.to("list", "pods"), true));
    for (Subject who : List.of(OWNER, VIEWER)) {
      assertThat(rights)
          .contains(
              new Right("", who, Permission.to("*", "*", "*"), false),
              new Right("kube-system", who, Permission.to("get list", "secrets"), false),
              right(who, Permission.to("update patch", "pods/resize"), false));
    }
  }

  @Test
  void ephemeralContainersAreForOwnersWhereThePlanSaysSo() {
    String debugging = team.replace("ephemeralContainers: false", "ephemeralContainers: true");

    assertThat(rights(team)).contains(right(OWNER, TenantRights.DEBUG, false));
    assertThat(rights(debugging))
        .contains(right(OWNER, TenantRights.DEBUG, true), right(VIEWER, TenantRights.DEBUG, false));
  }

  private static Right right(Subject who, Permission permission, boolean allowed) {
    return new Right("tenant-acme", who, permission, allowed);
  }

  private static List<Right> rights(String plan) {
    return checks(plan, SandboxClass.Canary.DEFAULTS).stream()
        .filter(Right.class::isInstance)
        .map(Right.class::cast)
        .toList();
  }

  private static List<IsolationCheck> checks(String plan, SandboxClass.Canary canary) {
    return IsolationChecks.of(tenant(), Plans.parse(plan), facts(canary), List.of());
  }

  private static ClusterFacts facts(SandboxClass.Canary canary) {
    SandboxClass it = Samples.runtime(600 * Samples.MEBI, 0);
    SandboxClass proven =
        new SandboxClass(it.name(), it.handler(), it.overhead(), it.places(), canary);
    return new ClusterFacts(
        true,
        List.of(proven),
        new ClusterAdmission("v1.36.3", true, true, List.of()),
        Samples.healthy().network());
  }

  private static Tenant tenant() {
    TenantSpec spec =
        new TenantSpec(
            1,
            new PlanRef("team", null),
            "Acme",
            List.of(OWNER),
            List.of(VIEWER, OWNER),
            Map.of(),
            8,
            null,
            "{}");
    return new Tenant(
        ACME,
        new Tenant.Life(1, List.of()),
        new Tenant.Revision(1, new Cause("c", "e", null)),
        new Desired(Desired.Mode.ACTIVE, 1, spec, null, null),
        Status.NONE);
  }

  private static String read(String plan) {
    try {
      return Files.readString(Path.of("src/main/resources/plans/" + plan + ".yaml"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
