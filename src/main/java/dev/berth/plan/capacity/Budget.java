package dev.berth.plan.capacity;

import static java.util.stream.Collectors.toMap;

import dev.berth.plan.Plan;
import dev.berth.plan.Quantity;
import dev.berth.plan.Resource;
import dev.berth.plan.SandboxClass;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a tenant may use, and each namespace's part of it, as quotas and limits. */
public final class Budget {

  /** A sandbox with less does not start. */
  static final long LEAST_MEMORY = 128L << 20;

  private static final long MEBI = 1L << 20;
  private static final long EPHEMERAL_OF_ONE_CONTAINER = 1L << 30;
  private static final String HUGE_PAGES = "hugepages-";

  private final Plan plan;
  private final @Nullable SandboxClass runtime;
  private final int sandboxes;

  /**
   * What a tenant of this plan gets for so many sandboxes.
   *
   * @param runtime the class whose overhead each sandbox costs; null = there are no sandboxes
   */
  public Budget(Plan plan, @Nullable SandboxClass runtime, int sandboxes) {
    this.plan = plan;
    this.runtime = runtime;
    this.sandboxes = sandboxes;
  }

  /** The {@code hard} of each namespace's quota, by the namespace's name in the plan. */
  public Map<String, Map<String, String>> quotas() {
    Shares shares = new Shares(plan.namespaces());
    List<Long> pods = shares.split(sandboxes);
    List<Long> capacity = split(plan.storage().capacity(), mebi(plan.storage().capacity()), shares);
    List<Long> claims = shares.split(plan.storage().claims());
    Map<String, List<Long>> objects = splits(plan.objects(), shares);
    Map<String, List<Long>> resources =
        plan.amounts().resources().entrySet().stream()
            .collect(toMap(Map.Entry::getKey, e -> split(e.getValue(), unit(e.getKey()), shares)));
    List<Long> ephemeral = ephemeral(pods, shares);

    Map<String, Map<String, String>> quotas = new LinkedHashMap<>();
    IntStream.range(0, plan.namespaces().size())
        .forEach(i -> {
          Map<String, String> hard = compute(pods.get(i));
          hard.put("requests.storage", Quantity.bytes(capacity.get(i)));
          hard.put("persistentvolumeclaims", Quantity.count(claims.get(i)));
          hard.put("requests.ephemeral-storage", Quantity.bytes(ephemeral.get(i)));
          hard.put("limits.ephemeral-storage", Quantity.bytes(ephemeral.get(i)));
          resources.forEach(
              (name, parts) -> hard.put("requests." + name, amount(name, parts.get(i))));
          ObjectCount.bounds(pods.get(i), parts(objects, i))
              .forEach((count, bound) ->
                  hard.put(count.quotaKey(), Quantity.count(bound + count.ofTheCluster())));
          quotas.put(plan.namespaces().get(i).name(), hard);
        });
    return quotas;
  }

  /**
   * A container that asks for nothing gets one sandbox. There is no maximum beside the quota: one
   * that follows the largest node would be written anew with every node that comes or goes.
   */
  public Resource.LimitRange limits(String namespace) {
    Plan.Sandbox one = plan.sandbox();
    Resource.Limits byDefault =
        new Resource.Limits(
            Quantity.bytes(one.memory()),
            Quantity.millis(one.cpu()),
            Quantity.bytes(ephemeralOfOneContainer()));
    Resource.Limits least =
        runtime == null ? null : new Resource.Limits(Quantity.bytes(LEAST_MEMORY), null, null);
    return new Resource.LimitRange(namespace, byDefault, least, runtime != null);
  }

  private Map<String, String> compute(long pods) {
    Footprint all = Footprint.of(plan.sandbox(), runtime).times(pods);
    Map<String, String> hard = new HashMap<>();
    for (String side : List.of("requests.", "limits.")) {
      hard.put(side + "memory", Quantity.bytes(all.memory()));
      hard.put(side + "cpu", Quantity.millis(all.cpu()));
    }
    hard.put("pods", Quantity.count(pods));
    return hard;
  }

  /** By the plan, or an amount for each sandbox. */
  private List<Long> ephemeral(List<Long> pods, Shares shares) {
    Long amount = plan.storage().ephemeral();
    return amount == null
        ? pods.stream().map(n -> Footprint.times(Plan.Storage.EPHEMERAL_OF_ONE, n)).toList()
        : split(amount, mebi(amount), shares);
  }

  /** Does not change with the number of sandboxes that are granted. */
  private long ephemeralOfOneContainer() {
    Long amount = plan.storage().ephemeral();
    long ofOne =
        amount == null
            ? Plan.Storage.EPHEMERAL_OF_ONE
            : amount / Math.max(1, plan.sandbox().count().max());
    return Math.min(EPHEMERAL_OF_ONE_CONTAINER, ofOne);
  }

  private static Map<String, List<Long>> splits(Map<String, Integer> amounts, Shares shares) {
    return amounts.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, e -> shares.split(e.getValue())));
  }

  private static Map<String, Long> parts(Map<String, List<Long>> splits, int namespace) {
    return splits.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, e -> e.getValue().get(namespace)));
  }

  private static List<Long> split(long amount, long unit, Shares shares) {
    return shares.split(amount / unit).stream().map(part -> part * unit).toList();
  }

  /** Whole mebibytes are split into whole mebibytes. */
  private static long mebi(long bytes) {
    return bytes % MEBI == 0 ? MEBI : 1;
  }

  /** Huge pages are split into whole pages. */
  private static long unit(String resource) {
    return resource.startsWith(HUGE_PAGES)
        ? Quantity.parseBytes(resource.substring(HUGE_PAGES.length())).orElse(1)
        : 1;
  }

  private static String amount(String resource, long amount) {
    return resource.startsWith(HUGE_PAGES) ? Quantity.bytes(amount) : Quantity.count(amount);
  }
}
