package dev.berth.plan;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.ClusterFacts.PolicyFault;
import dev.berth.plan.Operation.Apply;
import dev.berth.plan.Operation.Verify;
import dev.berth.tenant.Reason;
import dev.berth.tenant.Tenant;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What holds for whatever tenants, plans and clusters there are. */
class PlannerPropertiesTest {

  private static final int ROUNDS = 500;

  @TestFactory
  Stream<DynamicTest> everyRandomTenantIsPlannedSafely() {
    return Stream.of(20261124L, 4L, 4711L)
        .map(
            seed -> DynamicTest.dynamicTest("seed " + seed, () -> rounds(new RandomTenants(seed))));
  }

  private static void rounds(RandomTenants random) {
    int opened = 0;
    int blocked = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Plan plan = random.plan();
      Tenant tenant = random.tenant(plan);
      Recorded recorded = random.recorded(tenant);
      ClusterFacts facts = random.facts();

      Work work = new Planner().plan(tenant, plan, recorded, facts);
      dependenciesComeFirst(work);
      findingsAreDistinct(work);
      accessIsSafe(work, plan, facts);
      lostGuaranteesClose(work, tenant, plan, facts);
      if (work.isBlocked()) {
        blocked++;
        assertThat(work.operations()).allMatch(o -> o instanceof Operation.Revoke);
      } else {
        opened++;
        partsSumToTheBudget(work, tenant, plan, facts);
      }
      offboardingGivesNobodyAccess(new Planner().offboard(tenant, recorded));
    }
    assertThat(opened).as("tenants opened").isGreaterThan(ROUNDS / 10);
    assertThat(blocked).as("tenants blocked").isGreaterThan(ROUNDS / 10);
  }

  private static void dependenciesComeFirst(Work work) {
    Set<String> earlier = new HashSet<>();
    for (Operation operation : work.operations()) {
      assertThat(earlier).as(operation.id()).containsAll(operation.after());
      assertThat(earlier.add(operation.id())).as("unique: " + operation.id()).isTrue();
    }
  }

  private static void findingsAreDistinct(Work work) {
    assertThat(work.findings()).extracting(Work.Finding::type).doesNotHaveDuplicates();
  }

  private static void accessIsSafe(Work work, Plan plan, ClusterFacts facts) {
    List<Operation> grants = work.operations().stream().filter(o -> grants(o)).toList();
    if (plan.isolation() == Plan.Isolation.SANDBOXED && !isSandboxProvable(plan, facts)) {
      assertThat(grants).isEmpty();
      assertThat(work.isBlocked()).isTrue();
    }
    Set<String> kept =
        work.operations().stream()
            .filter(o -> o instanceof Apply a && a.resource() instanceof Resource.Namespace)
            .map(o -> ((Apply) o).resource().key().namespace())
            .collect(toSet());
    for (Operation grant : grants) {
      Set<String> before = allBefore(grant, work);
      assertThat(before).as(grant.id()).containsAll(guardsOf(kept, work));
    }
  }

  /** Whether it is lost now, or was disproven at the last look and is not proven again yet. */
  private static void lostGuaranteesClose(Work work, Tenant tenant, Plan plan, ClusterFacts facts) {
    boolean sandboxed = plan.isolation() == Plan.Isolation.SANDBOXED;
    boolean lost =
        tenant.status().conditions().list().stream()
                .anyMatch(c -> c.reason() == Reason.SandboxUnproven)
            || (sandboxed && facts.policies().stream().anyMatch(PolicyFault::guards))
            || work.findings().stream().anyMatch(f -> f.reason() == Reason.RuntimeClassMissing);
    boolean closes = plan.onGuaranteeLost() == Plan.GuaranteeLost.CLOSE;
    for (Operation operation : work.operations()) {
      if (operation instanceof Operation.Revoke revoke && lost && closes) {
        assertThat(revoke.left().subjects()).as(revoke.id()).isEmpty();
      } else if (operation instanceof Operation.Revoke revoke) {
        assertThat(revoke.closes() && !closes).as(revoke.id()).isFalse();
      }
    }
  }

  private static boolean isSandboxProvable(Plan plan, ClusterFacts facts) {
    SandboxClass runtime = facts.sandboxFor(plan);
    return facts.known()
        && runtime != null
        && runtime.readyNodes() > 0
        && Set.of(SandboxClass.Canary.DEFAULTS, SandboxClass.Canary.DENIES)
            .contains(runtime.canary())
        && facts.probe()
        && facts.policies().isEmpty();
  }

  private static boolean grants(Operation operation) {
    return operation instanceof Apply apply
        && apply.resource() instanceof Resource.RoleBinding binding
        && !binding.subjects().isEmpty();
  }

  private static List<String> guardsOf(Set<String> namespaces, Work work) {
    return work.operations().stream()
        .filter(o ->
            switch (o) {
              case Verify v -> namespaces.contains(v.namespace());
              case Apply a ->
                  namespaces.contains(a.resource().key().namespace())
                      && !(a.resource() instanceof Resource.RoleBinding);
              default -> false;
            })
        .map(Operation::id)
        .toList();
  }

  private static Set<String> allBefore(Operation operation, Work work) {
    var byId = work.operations().stream().collect(toMap(Operation::id, o -> o));
    Set<String> before = new HashSet<>();
    List<String> next = operation.after();
    while (!next.isEmpty()) {
      next =
          next.stream().filter(before::add).flatMap(id -> byId.get(id).after().stream()).toList();
    }
    return before;
  }

  private static void partsSumToTheBudget(Work work, Tenant tenant, Plan plan, ClusterFacts facts) {
    List<Resource.ResourceQuota> quotas =
        work.operations().stream()
            .filter(o -> o instanceof Apply a && a.resource() instanceof Resource.ResourceQuota)
            .map(o -> (Resource.ResourceQuota) ((Apply) o).resource())
            .filter(q ->
                plan.namespaces().stream()
                    .anyMatch(n -> tenant.id().namespace(n.name()).equals(q.namespace())))
            .toList();
    Footprint all =
        Footprint.of(plan.sandbox(), facts.sandboxFor(plan)).times(work.sandboxes().granted());

    if (all.memory() > 1L << 50) {
      // Overheads that no cluster has: it is enough that the planner returns.
      return;
    }
    assertThat(sum(quotas, "pods"))
        .isEqualByComparingTo(BigDecimal.valueOf(work.sandboxes().granted()));
    assertThat(quotas).allMatch(q -> !q.hard().get("pods").equals("0"));
    assertThat(sum(quotas, "limits.memory")).isEqualByComparingTo(new BigDecimal(all.memory()));
    assertThat(sum(quotas, "requests.cpu"))
        .isEqualByComparingTo(new BigDecimal(all.cpu()).movePointLeft(3));
    assertThat(sum(quotas, "requests.storage"))
        .isEqualByComparingTo(new BigDecimal(plan.storage().capacity()));
    Long ephemeral = plan.storage().ephemeral();
    long disk = ephemeral == null ? work.sandboxes().granted() * (2L << 30) : ephemeral;
    assertThat(sum(quotas, "requests.ephemeral-storage"))
        .isEqualByComparingTo(new BigDecimal(disk));
    plan.amounts()
        .resources()
        .forEach((name, amount) ->
            assertThat(sum(quotas, "requests." + name))
                .isEqualByComparingTo(new BigDecimal(amount)));
    assertThat(sum(quotas, "services.nodeports"))
        .isEqualByComparingTo(new BigDecimal(10 * plan.objects().get("loadBalancers")));
    assertThat(sum(quotas, "count/jobs.batch"))
        .isEqualByComparingTo(new BigDecimal(plan.objects().get("jobs")));
    assertThat(sum(quotas, "count/configmaps"))
        .isEqualByComparingTo(new BigDecimal(plan.objects().get("configMaps") + quotas.size()));
  }

  private static BigDecimal sum(List<Resource.ResourceQuota> quotas, String key) {
    return quotas.stream()
        .map(q -> Quantity.parseMillis(q.hard().get(key)).orElseThrow())
        .map(millis -> BigDecimal.valueOf(millis, 3))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static void offboardingGivesNobodyAccess(Work work) {
    dependenciesComeFirst(work);
    assertThat(work.operations()).noneMatch(PlannerPropertiesTest::grants);
    assertThat(work.findings()).noneMatch(f -> f.reason().weight() == Reason.Weight.BLOCK);
  }
}
