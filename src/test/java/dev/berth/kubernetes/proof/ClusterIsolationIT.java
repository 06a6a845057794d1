package dev.berth.kubernetes.proof;

import static dev.berth.kubernetes.Cluster.onboard;
import static dev.berth.kubernetes.SomeTenant.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.kubernetes.Cluster;
import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.SomeTenant;
import dev.berth.kubernetes.object.Namespaces;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.local.Parts;
import dev.berth.local.PoliciesInForce;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.isolation.Escape;
import dev.berth.plan.isolation.IsolationCheck;
import dev.berth.plan.isolation.IsolationCheck.Bound;
import dev.berth.plan.isolation.IsolationCheck.PodDefaulted;
import dev.berth.plan.isolation.IsolationCheck.PodRefused;
import dev.berth.plan.isolation.IsolationCheck.Right;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationLine.LineResult;
import dev.berth.plan.isolation.Permission;
import dev.berth.plan.isolation.RoleGrant;
import dev.berth.provisioning.Assignment;
import dev.berth.tenant.Subject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A line of the report is what the API server answered, and who answered it. */
class ClusterIsolationIT {

  private static final String KATA = "kata-vm-isolation";

  private final ApiServer api = Hands.berths().api;
  private final ClusterIsolation isolation =
      new ClusterIsolation(
          api,
          new PodTrials(api),
          new AccessReviews(api),
          new UnfitPods(api, new Namespaces(api), Clock.systemUTC()),
          new GrantReading(api));
  private final Hands administrator = Cluster.intruder();
  private final SomeTenant tenant = SomeTenant.fresh();
  private final String owners = "owners-of-" + tenant.id();

  @BeforeAll
  static void allPoliciesAreInForce() {
    PoliciesInForce.awaitAll(Parts.cluster());
  }

  @BeforeEach
  void anOpenTenant() {
    onboard(tenant);
    does(apply(tenant.owners(owners)));
  }

  @ParameterizedTest
  @EnumSource(Escape.class)
  void everyEscapeIsRefusedByOneOfTheGuards(Escape escape) {
    IsolationLine line = ask(new PodRefused(tenant.namespace(), escape, KATA));

    if (escape == Escape.NO_CLASS) {
      assertThat(line.result()).as("this cluster gives the class").isEqualTo(LineResult.FAILED);
      assertThat(line.answer()).isEqualTo("admitted");
    } else {
      assertThat(line.result()).as(line.toString()).isEqualTo(LineResult.PASSED);
      assertThat(line.guard()).matches("berth-[a-z-]+|PodSecurity");
    }
  }

  /** L8: by Berth's own rights. */
  @Test
  void theBindingsOfANamespaceAndOfTheClusterAreToldWithTheirSubjects() {
    assertThat(isolation.grants(Set.of(tenant.namespace(), "kube-system"), tenant.assignment()))
        .hasValueSatisfying(grants ->
            assertThat(grants)
                .contains(
                    new RoleGrant(
                        tenant.namespace(),
                        "ClusterRole berth-tenant-admin",
                        List.of(new Subject(Subject.SubjectKind.Group, owners, null))),
                    new RoleGrant(
                        "",
                        "ClusterRole berth",
                        List.of(
                            new Subject(
                                Subject.SubjectKind.ServiceAccount, "berth", "berth-system")))));
  }

  @Test
  void aPodWithoutAClassGetsTheOneOfTheNamespace() {
    IsolationLine line = ask(new PodDefaulted(tenant.namespace(), KATA));

    assertThat(line.result()).isEqualTo(LineResult.PASSED);
    assertThat(line.answer()).isEqualTo("gets " + KATA);
    assertThat(ask(new PodDefaulted(tenant.namespace(), "other")).result())
        .isEqualTo(LineResult.FAILED);
  }

  @Test
  void aFullQuotaProvesNothingEitherWay() {
    does(apply(tenant.quota("0")));

    await()
        .untilAsserted(() -> {
          IsolationLine line = ask(new PodDefaulted(tenant.namespace(), KATA));
          assertThat(line.result()).isEqualTo(LineResult.INCONCLUSIVE);
          assertThat(line.guard()).isEqualTo("ResourceQuota");
        });
    assertThat(ask(new PodRefused(tenant.namespace(), Escape.PROBE_CLASS, KATA)).result())
        .isEqualTo(LineResult.PASSED);
  }

  @Test
  void aRightIsWhatRbacSaysOfTheTenantsOwnSubjects() {
    Right pods = right(permission(List.of("create", "delete"), "", "pods"), true);
    Right quotas = right(permission(List.of("get", "patch"), "", "resourcequotas"), false);

    await().untilAsserted(() -> assertThat(ask(pods).result()).isEqualTo(LineResult.PASSED));

    IsolationLine line = ask(quotas);
    assertThat(line.result()).isEqualTo(LineResult.FAILED);
    assertThat(line.answer()).isEqualTo("yes: get");
    assertThat(line.guard()).contains("berth-owner", "berth-tenant-admin", owners);
    assertThat(line.toString()).contains("Group " + owners, tenant.namespace());
  }

  @Test
  void aServiceAccountIsAskedAboutWithTheGroupsItHas() {
    Subject account = new Subject(Subject.SubjectKind.ServiceAccount, "ci", tenant.namespace());
    Right right =
        new Right(tenant.namespace(), account, permission(List.of("list"), "", "secrets"), false);
    assertThat(ask(right).result()).isEqualTo(LineResult.PASSED);

    administrator.post(
        "/apis/rbac.authorization.k8s.io/v1/namespaces/" + tenant.namespace() + "/rolebindings",
        """
        {'metadata': {'name': 'accounts'},
         'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'berth-tenant-admin'},
         'subjects': [{'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'Group',
                       'name': 'system:serviceaccounts:%s'}]}\
        """
            .formatted(tenant.namespace()));

    await().untilAsserted(() -> assertThat(ask(right).result()).isEqualTo(LineResult.FAILED));
  }

  /** T11: since 1.36 these verbs make somebody another one, without the verb impersonate. */
  @Test
  void whoMayActAsSomebodyElseIsFound() {
    Subject group = new Subject(Subject.SubjectKind.Group, "actors-of-" + tenant.id(), null);
    List<Right> closed =
        List.of(
            new Right(
                "",
                group,
                new Permission(
                    List.of("impersonate:user-info"), "authentication.k8s.io", "users", ""),
                false),
            new Right(
                tenant.namespace(),
                group,
                permission(List.of("impersonate-on:user-info:list"), "", "pods"),
                false));
    assertThat(closed).allMatch(right -> ask(right).result() == LineResult.PASSED);

    String rbac = "/apis/rbac.authorization.k8s.io/v1/";
    administrator.post(
        rbac + "clusterroles",
        """
        {'metadata': {'name': 'actors'}, 'rules': [
         {'apiGroups': ['authentication.k8s.io'], 'resources': ['users'], 'verbs': ['impersonate:user-info']},
         {'apiGroups': [''], 'resources': ['pods'], 'verbs': ['impersonate-on:user-info:list']}]}\
        """);
    administrator.post(
        rbac + "clusterrolebindings",
        """
        {'metadata': {'name': '%1$s'}, 'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'actors'},
         'subjects': [{'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'Group', 'name': '%1$s'}]}\
        """
            .formatted(group.name()));

    await()
        .untilAsserted(
            () -> assertThat(closed).allMatch(right -> ask(right).result() == LineResult.FAILED));
  }

  @Test
  void aQuotaOtherThanPlannedIsToldWithItsPlace() {
    assertThat(ask(new Bound(tenant.quota("20"))).result()).isEqualTo(LineResult.PASSED);
    assertThat(ask(new Bound(tenant.limits())).result()).isEqualTo(LineResult.PASSED);

    IsolationLine line = ask(new Bound(tenant.quota("21")));

    assertThat(line.result()).isEqualTo(LineResult.FAILED);
    assertThat(line.answer()).contains("spec.hard.pods", "status.hard.pods");
  }

  @Test
  void withoutAnAnswerThereIsNoLine() {
    SomeTenant nobody = SomeTenant.fresh();
    Assignment late =
        new Assignment(
            tenant.assignment().owner(), SomeTenant.INSTALLATION, Instant.EPOCH.plusSeconds(1));

    assertThat(
            isolation.ask(
                new PodRefused(nobody.namespace(), Escape.HOST_PID, KATA), tenant.assignment()))
        .as("there is no such namespace")
        .isEmpty();
    assertThat(isolation.ask(right(permission(List.of("get"), "", "pods"), true), late))
        .as("the time is over")
        .isEmpty();
  }

  private Right right(Permission permission, boolean allowed) {
    return new Right(
        tenant.namespace(),
        new Subject(Subject.SubjectKind.Group, owners, null),
        permission,
        allowed);
  }

  private static Permission permission(List<String> verbs, String group, String resource) {
    return new Permission(verbs, group, resource, "");
  }

  private IsolationLine ask(IsolationCheck check) {
    return isolation.ask(check, tenant.assignment()).orElseThrow();
  }

  private void does(Operation operation) {
    assertThat(Cluster.does(operation, tenant)).isInstanceOf(Outcome.Done.class);
  }
}
