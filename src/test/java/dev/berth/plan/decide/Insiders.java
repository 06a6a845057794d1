package dev.berth.plan.decide;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Operation;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is in after a work, and who may be: by rules of its own, which share no code with Berth's.
 */
final class Insiders {

  private static final Set<String> CROWD =
      Set.of("user-0", "user-1", "user-2", "user-3", "stranger");
  private static final Set<Reason> HOLDING =
      Set.of(Reason.PolicyMissing, Reason.ApiTimeout, Reason.NoRoom);

  private Insiders() {}

  /**
   * In the end only those are in who may be, whoever was in before: in each namespace that the
   * tenant has or may have everybody is in whom it ever named, and a stranger.
   */
  static String areThoseWhoMayBe(
      Work work, Standing standing, @Nullable Plan wanted, ClusterFacts facts) {
    Map<String, Map<String, Set<String>>> cluster = crowded(standing);
    work.operations().forEach(operation -> carryOut(operation, cluster));

    String why = why(work, standing, facts);
    TenantSpec spec = standing.tenant().desired().spec();
    boolean nobody = !why.equals("named");
    Set<String> owners = nobody ? Set.of() : names(spec.owners());
    Set<String> viewers = nobody ? Set.of() : names(spec.viewers());
    boolean debug = wanted != null && wanted.access().ephemeralContainers();
    cluster.forEach((namespace, bindings) -> {
      assertThat(bindings.get("berth-owner")).as(namespace).isEqualTo(owners);
      assertThat(bindings.get("berth-viewer")).as(namespace).isEqualTo(viewers);
      assertThat(bindings.get("berth-debug")).as(namespace).isEqualTo(debug ? owners : Set.of());
    });
    return why;
  }

  /** Why nobody may be in; "named" = those whom the snapshot names may. */
  private static String why(Work work, Standing standing, ClusterFacts facts) {
    if (standing.tenant().isFrozen()) {
      return "frozen";
    }
    boolean opened = standing.tenant().status().appliedPlan() != null;
    boolean held = work.isBlocked() || HOLDING.contains(headline(standing.tenant()));
    boolean closes =
        standing.plan() == null || standing.plan().onGuaranteeLost() == Plan.GuaranteeLost.CLOSE;
    if (opened) {
      return closes && isLost(standing, facts) ? "lost" : "named";
    }
    return held ? "never opened" : "named";
  }

  static Map<String, Map<String, Set<String>>> crowded(Standing standing) {
    Set<String> namespaces = new HashSet<>();
    standing.tenant().namespaces().forEach(n -> namespaces.add(n.namespace()));
    standing.recorded().uids().keySet().forEach(key -> namespaces.add(key.namespace()));
    Map<String, Map<String, Set<String>>> cluster = new HashMap<>();
    for (String namespace : namespaces) {
      Map<String, Set<String>> bindings = new HashMap<>();
      for (String name : List.of("berth-owner", "berth-viewer", "berth-debug")) {
        bindings.put(name, new HashSet<>(CROWD));
      }
      cluster.put(namespace, bindings);
    }
    return cluster;
  }

  /** Before any grant: nothing is proven yet. */
  private static void carryOut(Operation operation, Map<String, Map<String, Set<String>>> cluster) {
    if (operation instanceof Operation.Revoke revoke) {
      revoke
          .most()
          .forEach(most -> {
            assertThat(most.key().namespace()).isEqualTo(revoke.namespace());
            cluster
                .getOrDefault(revoke.namespace(), Map.of())
                .getOrDefault(most.name(), new HashSet<>())
                .retainAll(names(most.subjects()));
          });
    }
  }

  private static Set<String> names(List<Subject> subjects) {
    return subjects.stream().map(Subject::name).collect(toSet());
  }

  private static Reason headline(Tenant tenant) {
    return tenant.status().conditions().list().stream()
        .filter(c -> c.type() == ConditionType.Ready)
        .findFirst()
        .orElseThrow()
        .reason();
  }

  private static boolean isLost(Standing standing, ClusterFacts facts) {
    boolean disproven =
        told(standing).contains(Reason.SandboxUnproven)
            || told(standing).contains(Reason.GuardContested);
    boolean seen =
        isUnguarded(standing, facts) || isOutside(standing, facts) || isConnected(standing, facts);
    return disproven || (facts.known() && seen);
  }

  private static boolean isSandboxed(Standing standing) {
    return standing.plan() == null || standing.plan().isolation() == Plan.Isolation.SANDBOXED;
  }

  private static boolean isUnguarded(Standing standing, ClusterFacts facts) {
    return facts.admission().faults().stream()
        .filter(fault -> fault.guards())
        .anyMatch(f -> isSandboxed(standing) || f.object().equals("Policy berth-host-access"));
  }

  private static boolean isOutside(Standing standing, ClusterFacts facts) {
    return isSandboxed(standing)
        && standing.tenant().status().runtimes().stream()
            .anyMatch(recorded -> facts.classes().stream().noneMatch(c -> isSound(recorded, c)));
  }

  private static boolean isConnected(Standing standing, ClusterFacts facts) {
    boolean engine = facts.network().engine() != null;
    Plan plan = standing.plan();
    if (plan == null) {
      return !engine && !told(standing).contains(Reason.NetworkEngineUnknown);
    }
    return (!engine && plan.network().requireEngine())
        || plan.network().egress().equals(RandomTenants.TO_THE_CREDENTIALS);
  }

  private static List<Reason> told(Standing standing) {
    return standing.tenant().status().conditions().list().stream().map(Condition::reason).toList();
  }

  private static boolean isSound(RuntimeClass recorded, SandboxClass now) {
    return recorded.name().equals(now.name())
        && !"other".equals(recorded.handler())
        && now.canary() != SandboxClass.Canary.OPEN;
  }
}
