package dev.berth.nodepool.preflight;

import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.QuotaReading;
import dev.berth.nodepool.cloud.SizeReading;
import dev.berth.tenant.condition.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether the subscription may use the cores that a pool needs, with the nodes that an upgrade adds
 * for a while: Azure counts them from the beginning.
 *
 * @param existing null = the pool is not there yet
 */
record CoreQuota(PoolWish wish, @Nullable PoolReading existing, SizeReading size, long cores) {

  private static final Pattern SURGE = Pattern.compile("(\\d{1,5})(%?)");
  private static final int DEFAULT_PERCENT = 10;
  private static final int HUNDRED = 100;

  static List<PoolFinding> judge(
      PoolWish wish, @Nullable PoolReading existing, SizeReading size, QuotaReading quota) {
    Optional<CoreQuota> rule =
        size.amount(SizeReading.CORES)
            .map(cores -> new CoreQuota(wish, existing, size, cores.longValue()));
    return rule.map(cores -> cores.judge(quota)).orElse(List.of());
  }

  /** Nodes that an upgrade adds, for so many. Parts of a node count as one. */
  static long surge(String written, long nodes) {
    Matcher surge = SURGE.matcher(written.strip());
    if (!surge.matches()) {
      return Math.ceilDiv(nodes * DEFAULT_PERCENT, HUNDRED);
    }
    long number = Long.parseLong(surge.group(1));
    return surge.group(2).isEmpty() ? number : Math.ceilDiv(nodes * number, HUNDRED);
  }

  private List<PoolFinding> judge(QuotaReading quota) {
    List<PoolFinding> findings = new ArrayList<>();
    if (wish.nodes() > present()) {
      for (String name : List.of(QuotaReading.REGION, size.family())) {
        quota.left(name).flatMap(left -> shortage(name, left)).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private int present() {
    return existing == null ? 0 : existing.machines().count();
  }

  /** What is there already has been counted. */
  private Optional<PoolFinding> shortage(String quota, long left) {
    long surge = surge(existing == null ? "" : existing.machines().maxSurge(), wish.nodes());
    long more = (long) wish.nodes() - present();
    long needed = (more + surge) * cores;
    return needed <= left
        ? Optional.empty()
        : Optional.of(
            new PoolFinding(
                Reason.CloudQuota,
                ("pool %s of cluster %s needs %d more vCPUs: (%d more nodes of %s + %d surge nodes of an upgrade) x %d vCPUs; quota %s"
                        + " has %d left, %d too few; ask Azure for more, or release a plan version with fewer nodes")
                    .formatted(
                        wish.pool(),
                        wish.cluster(),
                        needed,
                        more,
                        size.name(),
                        surge,
                        cores,
                        quota,
                        left,
                        needed - left)));
  }
}
