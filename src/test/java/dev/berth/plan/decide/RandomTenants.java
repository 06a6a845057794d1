package dev.berth.plan.decide;

import static dev.berth.plan.Samples.MEBI;

import dev.berth.plan.ClusterAdmission;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.Overhead;
import dev.berth.plan.Plan;
import dev.berth.plan.Recorded;
import dev.berth.plan.Resource;
import dev.berth.plan.Samples;
import dev.berth.plan.SandboxClass;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Status;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tenants, plans and facts that a seed determines. */
final class RandomTenants {
  private static final List<String> NAMES = List.of("", "app", "data", "jobs", "web");
  static final Plan.Egress TO_THE_CREDENTIALS = new Plan.Egress.Cidrs(EgressRules.NEVER);

  private final Random random;

  RandomTenants(long seed) {
    this.random = new Random(seed);
  }

  Plan plan() {
    List<Plan.PlanNamespace> namespaces = namespaces();
    int min = namespaces.size() + random.nextInt(5);
    int byDefault = min + random.nextInt(20);
    return new Plan(
        new PlanVersion("random", 1 + random.nextInt(9)),
        oneOf(
            Plan.Isolation.SANDBOXED,
            Plan.Isolation.SANDBOXED,
            Plan.Isolation.SANDBOXED,
            Plan.Isolation.SHARED),
        random.nextInt(100),
        namespaces,
        amounts(byDefault, min),
        rules(),
        new Plan.Lifecycle(
            oneOf(Plan.GuaranteeLost.CLOSE, Plan.GuaranteeLost.DEGRADE),
            Plan.NamespaceLost.BLOCK,
            new Plan.Offboarding(Duration.ZERO, Plan.Deletion.DELETE),
            null));
  }

  private Plan.Amounts amounts(int byDefault, int min) {
    return new Plan.Amounts(
        new Plan.Sandbox(
            (100 + random.nextInt(4000)) * MEBI,
            1 + random.nextInt(4000),
            new Plan.Count(byDefault, min, byDefault + random.nextInt(500))),
        new Plan.Storage(
            random.nextBoolean() ? random.nextInt() & 0xffffL : random.nextInt(9999) * MEBI,
            random.nextInt(20),
            random.nextBoolean() ? null : random.nextInt(9999) * MEBI,
            random.nextBoolean() ? List.of() : List.of("fast")),
        objects(),
        random.nextBoolean()
            ? Map.of()
            : Map.of(
                "nvidia.com/gpu",
                0L + random.nextInt(9),
                "hugepages-2Mi",
                random.nextInt(999) * 2 * MEBI));
  }

  private Plan.Rules rules() {
    return new Plan.Rules(
        network(),
        new Plan.Pods(
            random.nextBoolean() ? List.of() : List.of("important"),
            Duration.ofSeconds(random.nextInt(9999)),
            oneOf(Plan.ImagePull.values()),
            oneOf(Plan.PodSecurity.RESTRICTED, Plan.PodSecurity.BASELINE)),
        new Plan.Services(List.of(), List.of()),
        new Plan.Access(Plan.Access.OWNER, Plan.Access.VIEWER, random.nextBoolean()),
        new Plan.Metadata(Map.of("berth.dev/isolation", "shared"), Map.of()));
  }

  private Map<String, Integer> objects() {
    return Map.of(
        "deployments", random.nextInt(100),
        "jobs", random.nextInt(3000),
        "configMaps", random.nextInt(100),
        "secrets", random.nextInt(100),
        "services", random.nextInt(100),
        "loadBalancers", random.nextInt(3));
  }

  private Plan.Network network() {
    return new Plan.Network(
        oneOf(
            new Plan.Egress.None(),
            new Plan.Egress.Internet(),
            new Plan.Egress.Cidrs(Samples.blocks("0.0.0.0/0", "198.51.100.0/24")),
            random.nextInt(3) == 0 ? TO_THE_CREDENTIALS : new Plan.Egress.None()),
        random.nextBoolean(),
        random.nextBoolean(),
        List.of(Map.of("a", "b")),
        random.nextInt(4) == 0);
  }

  private List<Plan.PlanNamespace> namespaces() {
    int count = 1 + random.nextInt(NAMES.size());
    List<Plan.PlanNamespace> namespaces = new ArrayList<>();
    int left = 100;
    for (int i = 0; i < count; i++) {
      int share = i == count - 1 ? left : 1 + random.nextInt(left - (count - i - 1));
      left -= share;
      namespaces.add(new Plan.PlanNamespace(NAMES.get(i), share));
    }
    return namespaces;
  }

  Tenant tenant(Plan plan) {
    TenantId id = new TenantId(oneOf("acme", "a", "initech", "x1-y"));
    TenantSpec spec =
        new TenantSpec(
            1 + random.nextInt(9),
            new PlanRef(plan.id().name(), null),
            "Random",
            subjects(1 + random.nextInt(3)),
            subjects(random.nextInt(3)),
            random.nextBoolean() ? Map.of() : Map.of("isolation", "shared"),
            oneOf(0, 1, 5, 100_000, -1, Integer.MAX_VALUE),
            null,
            "{}");
    List<TenantNamespace> namespaces =
        NAMES.stream()
            .filter(name -> random.nextBoolean())
            .map(name ->
                new TenantNamespace(
                    name, id.namespace(name), new UUID(1, 2), oneOf("uid-1", "uid-2")))
            .toList();
    return new Tenant(
        id,
        new Tenant.Life(1, namespaces, MovedTenants.orders(random, plan)),
        new Tenant.Revision(1, new Cause("c", "e", null)),
        new Desired(Desired.Mode.ACTIVE, spec.generation(), spec, plan.id(), null),
        status(plan));
  }

  private Status status(Plan plan) {
    List<Condition> conditions = new ArrayList<>(enforced());
    conditions.add(condition(ConditionType.Accepted, Condition.Truth.True, Reason.Accepted));
    conditions.add(
        condition(
            ConditionType.NetworkIsolated,
            Condition.Truth.Unknown,
            oneOf(Reason.NetworkEngineUnknown, Reason.Waiting)));
    Reason ready =
        oneOf(
            Reason.Provisioned,
            Reason.Provisioning,
            Reason.PolicyMissing,
            Reason.ApiTimeout,
            Reason.NoRoom);
    conditions.add(
        condition(
            ConditionType.Ready,
            ready == Reason.Provisioned ? Condition.Truth.True : Condition.Truth.False,
            ready));
    return Status.NONE
        .with(Conditions.of(conditions))
        .reached(1, oneOf(null, plan.id(), new PlanVersion("earlier", 1)))
        .runningIn(
            oneOf(
                List.of(),
                List.of(new RuntimeClass("kata-vm-isolation", "kata")),
                List.of(new RuntimeClass("kata-vm-isolation", null)),
                List.of(new RuntimeClass("kata-vm-isolation", "other")),
                List.of(
                    new RuntimeClass("kata-vm-isolation", "kata"),
                    new RuntimeClass("gone", "kata"))));
  }

  /**
   * What is stored of the tenant before the work: some of its namespaces only, with the plan that
   * it was opened on, unless that is lost.
   */
  Standing standing(Tenant tenant, Plan wanted) {
    List<TenantNamespace> stored =
        tenant.namespaces().stream().filter(n -> random.nextInt(4) > 0).toList();
    PlanVersion applied = tenant.status().appliedPlan();
    Plan known = wanted.id().equals(applied) ? wanted : plan();
    boolean isKnown = applied != null && random.nextInt(4) > 0;
    return new Standing(tenant.with(stored), recorded(tenant), isKnown ? known : null);
  }

  private static Condition condition(ConditionType type, Condition.Truth status, Reason reason) {
    return new Condition(type, status, reason, "", 1, Instant.EPOCH);
  }

  private List<Condition> enforced() {
    return switch (random.nextInt(3)) {
      case 0 -> List.of();
      case 1 -> List.of(enforced(Condition.Truth.True, Reason.Verified));
      default ->
          List.of(
              enforced(
                  Condition.Truth.False,
                  oneOf(Reason.SandboxUnproven, Reason.GuardContested, Reason.PolicyMissing)));
    };
  }

  private static Condition enforced(Condition.Truth status, Reason reason) {
    return new Condition(ConditionType.RuntimeEnforced, status, reason, "", 1, Instant.EPOCH);
  }

  private List<Subject> subjects(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Subject(Subject.SubjectKind.User, "user-" + i, null))
        .toList();
  }

  Recorded recorded(Tenant tenant) {
    Map<Resource.Key, String> uids = new HashMap<>();
    for (String name : NAMES) {
      String namespace = tenant.id().namespace(name);
      Stream.of(
              Resource.Key.ofNamespace(namespace),
              Bindings.owner(namespace, List.of()).key(),
              Bindings.viewer(namespace, List.of()).key(),
              Bindings.debug(namespace, List.of()).key())
          .filter(key -> random.nextInt(3) == 0)
          .forEach(key -> uids.put(key, "uid of " + key));
    }
    return new Recorded(uids);
  }

  ClusterFacts facts() {
    return new ClusterFacts(
        random.nextInt(20) > 0,
        random.nextInt(10) == 0 ? List.of() : List.of(runtime()),
        new ClusterAdmission(
            "v1.36.3",
            random.nextBoolean(),
            random.nextInt(10) > 0,
            random.nextInt(5) == 0
                ? List.of(
                    new ClusterAdmission.PolicyFault(
                        oneOf("Policy berth-sandbox", "Policy berth-host-access"),
                        oneOf("differs", null),
                        random.nextBoolean()))
                : List.of()),
        new ClusterNetwork(random.nextBoolean() ? null : "cilium", List.of(), List.of()));
  }

  private SandboxClass runtime() {
    long most = oneOf(12_800 * MEBI, 12_800 * MEBI, 1000 * MEBI, Long.MAX_VALUE);
    return new SandboxClass(
        "kata-vm-isolation",
        "kata",
        new Overhead(oneOf(0L, 600 * MEBI, 600 * MEBI, Long.MAX_VALUE), oneOf(0L, 100L)),
        new SandboxClass.Places(
            Map.of(),
            List.of(),
            random.nextInt(4) == 0
                ? List.of()
                : List.of(
                    new SandboxClass.Nodes(
                        oneOf(1, 2, 5), most, oneOf(8000L, 500L, Long.MAX_VALUE), 250)),
            List.of()),
        oneOf(SandboxClass.Canary.values()));
  }

  @SafeVarargs
  private <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
