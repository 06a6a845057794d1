package dev.berth.plan;

import static java.util.stream.Collectors.toMap;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a tenant may use, and each namespace's part of it, as quotas and limits. */
final class Budget {

  /** A sandbox with less does not start. */
  static final long LEAST_MEMORY = 128L << 20;

  private static final long MEBI = 1L << 20;

  /** Objects of a plan by the names that its document gives them, and their quota keys. */
  private static final Map<String, String> OBJECTS =
      Map.of(
          "deployments", "count/deployments.apps",
          "jobs", "count/jobs.batch",
          "configMaps", "count/configmaps",
          "secrets", "count/secrets",
          "services", "count/services",
          "loadBalancers", "services.loadbalancers");

  private final Plan plan;
  private final @Nullable SandboxClass runtime;
  private final int sandboxes;

  /**
   * @param runtime the class whose overhead each sandbox costs; null = there are no sandboxes
   */
  Budget(Plan plan, @Nullable SandboxClass runtime, int sandboxes) {
    this.plan = plan;
    this.runtime = runtime;
    this.sandboxes = sandboxes;
  }

  /** The {@code hard} of each namespace's quota, by the namespace's name in the plan. */
  Map<String, Map<String, String>> quotas() {
    Shares shares = new Shares(plan.namespaces());
    List<Long> pods = shares.split(sandboxes);
    List<Long> capacity = shares.split(plan.storage().capacity() / unit());
    List<Long> claims = shares.split(plan.storage().claims());
    Map<String, List<Long>> objects =
        plan.objects().entrySet().stream()
            .collect(toMap(Map.Entry::getKey, e -> shares.split(e.getValue())));

    Map<String, Map<String, String>> quotas = new LinkedHashMap<>();
    IntStream.range(0, plan.namespaces().size())
        .forEach(i -> {
          Map<String, String> hard = compute(pods.get(i));
          hard.put("requests.storage", Quantity.bytes(capacity.get(i) * unit()));
          hard.put("persistentvolumeclaims", Quantity.count(claims.get(i)));
          objects.forEach((name, parts) -> putObjects(hard, name, parts.get(i)));
          quotas.put(plan.namespaces().get(i).name(), hard);
        });
    return quotas;
  }

  /** A container that asks for nothing gets one sandbox; none may be larger than a node takes. */
  Resource.LimitRange limits(String namespace) {
    Plan.Sandbox one = plan.sandbox();
    Resource.Limits byDefault =
        new Resource.Limits(Quantity.bytes(one.memory()), Quantity.millis(one.cpu()));
    if (runtime == null) {
      return new Resource.LimitRange(namespace, byDefault, null, null, false);
    }
    Resource.Limits max =
        new Resource.Limits(
            Quantity.bytes(runtime.largestMemory() - runtime.memoryOverhead()),
            Quantity.millis(runtime.largestCpu() - runtime.cpuOverhead()));
    return new Resource.LimitRange(
        namespace, byDefault, new Resource.Limits(Quantity.bytes(LEAST_MEMORY), null), max, true);
  }

  private Map<String, String> compute(long pods) {
    Footprint all = Footprint.of(plan.sandbox(), runtime).times(pods);
    Map<String, String> hard = new HashMap<>();
    for (String side : List.of("requests.", "limits.")) {
      hard.put(side + "memory", Quantity.bytes(all.memory()));
      hard.put(side + "cpu", Quantity.millis(all.cpu()));
    }
    hard.put("pods", Quantity.count(pods));
    // Node ports would open the tenant on every node of the cluster.
    hard.put("services.nodeports", "0");
    return hard;
  }

  private static void putObjects(Map<String, String> hard, String name, long part) {
    // The cluster puts kube-root-ca.crt into each namespace; it is not the tenant's to pay for.
    long own = name.equals("configMaps") ? 1 : 0;
    hard.put(OBJECTS.getOrDefault(name, "count/" + name), Quantity.count(part + own));
  }

  /** Whole mebibytes are split into whole mebibytes. */
  private long unit() {
    return plan.storage().capacity() % MEBI == 0 ? MEBI : 1;
  }
}
