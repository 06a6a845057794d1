package dev.berth.plan.capacity;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A kind of object that a tenant's people or its controllers create, and that a plan bounds. Where
 * a plan does not name it, its bound follows from others: never is there none. A kind comes after
 * those that it follows from.
 */
public enum ObjectCount {
  DEPLOYMENTS("deployments", "count/deployments.apps"),
  JOBS("jobs", "count/jobs.batch"),
  CONFIG_MAPS("configMaps", "count/configmaps"),
  SECRETS("secrets", "count/secrets"),
  SERVICES("services", "count/services"),
  LOAD_BALANCERS("loadBalancers", "services.loadbalancers"),

  /** A load balancer takes a port of every node for each of its own; there are few of them. */
  NODE_PORTS("nodePorts", "services.nodeports", Reckoning::nodePorts),
  STATEFUL_SETS("statefulSets", "count/statefulsets.apps", Reckoning::deployments),
  DAEMON_SETS("daemonSets", "count/daemonsets.apps", Reckoning::deployments),
  REPLICA_SETS("replicaSets", "count/replicasets.apps", Reckoning::histories),
  CONTROLLER_REVISIONS(
      "controllerRevisions", "count/controllerrevisions.apps", Reckoning::revisions),
  CRON_JOBS("cronJobs", "count/cronjobs.batch", Reckoning::jobs),

  /** Of every phase: those that have finished stay until somebody deletes them. */
  PODS("pods", "count/pods", Reckoning::pods),
  HORIZONTAL_POD_AUTOSCALERS(
      "horizontalPodAutoscalers",
      "count/horizontalpodautoscalers.autoscaling",
      Reckoning::applications),
  POD_DISRUPTION_BUDGETS(
      "podDisruptionBudgets", "count/poddisruptionbudgets.policy", Reckoning::applications),
  LEASES("leases", "count/leases.coordination.k8s.io", Reckoning::applications),
  SERVICE_ACCOUNTS("serviceAccounts", "count/serviceaccounts", Reckoning::applications);

  private final String nameInPlans;
  private final String quotaKey;

  @SuppressWarnings("ImmutableEnumChecker") // method references without state
  private final @Nullable ToLongFunction<Reckoning> follows;

  ObjectCount(String nameInPlans, String quotaKey) {
    this(nameInPlans, quotaKey, null);
  }

  ObjectCount(String nameInPlans, String quotaKey, @Nullable ToLongFunction<Reckoning> follows) {
    this.nameInPlans = nameInPlans;
    this.quotaKey = quotaKey;
    this.follows = follows;
  }

  public String nameInPlans() {
    return nameInPlans;
  }

  /** Whether every plan names it. */
  public boolean isRequired() {
    return follows == null;
  }

  String quotaKey() {
    return quotaKey;
  }

  /** What the cluster itself puts into every namespace; it is not the tenant's to pay for. */
  long ofTheCluster() {
    return switch (this) {
      case CONFIG_MAPS, SERVICE_ACCOUNTS -> 1;
      default -> 0;
    };
  }

  /**
   * The bounds of one namespace.
   *
   * @param sandboxes that run in it at most
   * @param named by names in the plan, its parts for this namespace
   */
  static Map<ObjectCount, Long> bounds(long sandboxes, Map<String, Long> named) {
    Reckoning bounds = new Reckoning(sandboxes, new EnumMap<>(ObjectCount.class));
    for (ObjectCount count : values()) {
      Long part = named.get(count.nameInPlans);
      long following = count.follows == null ? 0 : count.follows.applyAsLong(bounds);
      bounds.known.put(count, part == null ? following : part);
    }
    return bounds.known;
  }

  /** What is settled of a namespace so far. */
  private record Reckoning(long sandboxes, Map<ObjectCount, Long> known) {

    /** A history of ten, the present one, and those of rollouts that overlap. */
    private static final long HISTORY = 15;

    private static final long PORTS_OF_ONE = 10;
    private static final long RUNS_OF_ONE = 10;

    long deployments() {
      return of(DEPLOYMENTS);
    }

    long jobs() {
      return of(JOBS);
    }

    long nodePorts() {
      return PORTS_OF_ONE * of(LOAD_BALANCERS);
    }

    long histories() {
      return HISTORY * of(DEPLOYMENTS);
    }

    long revisions() {
      return HISTORY * (of(STATEFUL_SETS) + of(DAEMON_SETS));
    }

    long applications() {
      return of(DEPLOYMENTS) + of(STATEFUL_SETS);
    }

    long pods() {
      return RUNS_OF_ONE * (sandboxes + of(JOBS));
    }

    private long of(ObjectCount count) {
      return known.getOrDefault(count, 0L);
    }
  }
}
