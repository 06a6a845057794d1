package dev.berth.plan.decide;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Operation;
import dev.berth.plan.Operation.Apply;
import dev.berth.plan.Operation.Close;
import dev.berth.plan.Operation.Verify;
import dev.berth.plan.Plan;
import dev.berth.plan.Quantity;
import dev.berth.plan.Recorded;
import dev.berth.plan.Resource;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work;
import dev.berth.plan.capacity.Footprint;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What holds for whatever tenants, plans and clusters there are. */
class PlannerPropertiesTest {

  private static final int ROUNDS = 500;
  private static final Work.Finding NO_ROOM =
      new Work.Finding(ConditionType.PlacementReady, Reason.NoRoom, "waits");
  private static final Work.Finding NO_PLAN =
      new Work.Finding(ConditionType.PlacementReady, Reason.PlanUnknown, "nowhere");

  @TestFactory
  Stream<DynamicTest> everyRandomTenantIsPlannedSafely() {
    return Stream.of(20261124L, 4L, 4711L)
        .map(
            seed -> DynamicTest.dynamicTest("seed " + seed, () -> rounds(new RandomTenants(seed))));
  }

  private static void rounds(RandomTenants random) {
    int opened = 0;
    int blocked = 0;
    int kept = 0;
    Map<String, Integer> closed = new HashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      Plan plan = random.plan();
      ClusterFacts facts = random.facts();
      Tenant tenant = MovedTenants.heeding(random.tenant(plan), plan, facts);
      Standing standing = random.standing(tenant, plan);

      Work work = new Planner().plan(tenant, plan, standing, facts);
      dependenciesComeFirst(work);
      findingsAreDistinct(work);
      accessIsSafe(work, tenant, plan, facts);
      closed.merge(Insiders.areThoseWhoMayBe(work, standing, plan, facts), 1, Integer::sum);
      whatIsNewIsNotRevoked(work, standing);
      if (work.isBlocked()) {
        blocked++;
        kept += nothingIsButTakenAwayOrKept(work, standing) ? 1 : 0;
      } else {
        opened++;
        partsSumToTheBudget(work, tenant, plan, facts);
      }
      Work waiting = new Planner().withheld(tenant, plan, standing, facts, NO_ROOM);
      Insiders.areThoseWhoMayBe(waiting, standing, plan, facts);
      Work held = new Planner().held(standing, facts, NO_PLAN);
      Insiders.areThoseWhoMayBe(held, standing, standing.plan(), facts);
      offboardingGivesNobodyAccess(new Planner().offboard(standing), standing);
    }
    assertThat(opened).as("tenants opened").isGreaterThan(ROUNDS / 10);
    assertThat(blocked).as("tenants blocked").isGreaterThan(ROUNDS / 10);
    assertThat(kept).as("tenants whose guards are kept").isGreaterThan(ROUNDS / 50);
    assertThat(closed.keySet())
        .containsExactlyInAnyOrder("frozen", "lost", "never opened", "named");
    assertThat(closed.values()).as("cases of each kind").allMatch(n -> n > ROUNDS / 20);
  }

  /** Whether anything is kept; only what an open tenant has in namespaces that were made. */
  private static boolean nothingIsButTakenAwayOrKept(Work work, Standing standing) {
    List<Operation> kept =
        work.operations().stream().filter(o -> !(o instanceof Operation.Revoke)).toList();
    assertThat(kept)
        .allMatch(o ->
            o instanceof Apply a && !(a.resource() instanceof Resource.RoleBinding)
                || o instanceof Verify);
    Recorded made = standing.recorded().with(standing.tenant().namespaces());
    for (Operation operation : kept) {
      if (operation instanceof Apply a) {
        String namespace = a.resource().key().namespace();
        assertThat(standing.tenant().status().appliedPlan()).isNotNull();
        assertThat(made.uid(Resource.Key.ofNamespace(namespace))).isNotNull();
        assertThat(standing.leaving()).doesNotContain(namespace);
      }
    }
    return !kept.isEmpty();
  }

  private static void whatIsNewIsNotRevoked(Work work, Standing standing) {
    Set<String> stored = Insiders.crowded(standing).keySet();
    assertThat(
            work.operations().stream()
                .filter(o -> o instanceof Operation.Revoke)
                .map(o -> ((Operation.Revoke) o).namespace()))
        .containsExactlyInAnyOrderElementsOf(stored);
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

  private static void accessIsSafe(Work work, Tenant tenant, Plan plan, ClusterFacts facts) {
    List<Operation> grants = work.operations().stream().filter(o -> grants(o)).toList();
    if (plan.isolation() == Plan.Isolation.SANDBOXED && !isSandboxProvable(tenant, plan, facts)) {
      assertThat(grants).isEmpty();
      assertThat(work.isBlocked()).isTrue();
    }
    if (tenant.isFrozen()) {
      assertThat(grants).as("of a frozen tenant").isEmpty();
      assertThat(work.operations())
          .as("its pods run on, nothing is deleted")
          .noneMatch(o ->
              o instanceof Operation.Delete
                  || o instanceof Operation.EvictPods
                  || o instanceof Operation.EvictUnfit e
                      && e.unfit() instanceof Operation.Unfit.Earlier);
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

  private static boolean isSandboxProvable(Tenant tenant, Plan plan, ClusterFacts facts) {
    SandboxClass runtime = runtime(tenant, plan, facts);
    return facts.known()
        && runtime != null
        && runtime.readyNodes() > 0
        && Set.of(SandboxClass.Canary.DEFAULTS, SandboxClass.Canary.DENIES)
            .contains(runtime.canary())
        && facts.admission().probe()
        && facts.admission().faults().isEmpty();
  }

  /** There is one class at most; who stays on another one has none, unless it was moved to that. */
  private static @Nullable SandboxClass runtime(Tenant tenant, Plan plan, ClusterFacts facts) {
    List<RuntimeClass> recorded = tenant.status().runtimes();
    boolean stays = plan.id().equals(tenant.status().appliedPlan()) && !recorded.isEmpty();
    boolean shared = plan.isolation() == Plan.Isolation.SHARED;
    boolean gone =
        stays
            && (recorded.getLast().name().equals("gone")
                || "other".equals(recorded.getLast().handler()));
    boolean none = shared || (gone && !MovedTenants.isThere(tenant));
    return none ? null : facts.classes().stream().findFirst().orElse(null);
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
        Footprint.of(plan.sandbox(), runtime(tenant, plan, facts))
            .times(work.sandboxes().granted());

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

  private static void offboardingGivesNobodyAccess(Work work, Standing standing) {
    dependenciesComeFirst(work);
    assertThat(work.operations()).noneMatch(PlannerPropertiesTest::grants);
    assertThat(work.findings()).noneMatch(f -> f.reason().weight() == Reason.Weight.BLOCK);
    Set<String> emptied =
        work.operations().stream()
            .filter(o -> o instanceof Close c && c.resource() instanceof Resource.RoleBinding)
            .map(o -> ((Close) o).resource().key())
            .map(key -> key.namespace() + "/" + key.name())
            .collect(toSet());
    Insiders.crowded(standing)
        .forEach((namespace, bindings) ->
            bindings
                .keySet()
                .forEach(name -> assertThat(emptied).contains(namespace + "/" + name)));
  }
}
