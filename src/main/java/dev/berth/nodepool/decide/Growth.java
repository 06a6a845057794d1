package dev.berth.nodepool.decide;

import dev.berth.nodepool.PoolName;
import dev.berth.nodepool.preflight.PoolFinding;
import dev.berth.plan.Plan.PoolTerms;
import dev.berth.plan.Quantity;
import dev.berth.plan.SandboxClass.Nodes;
import dev.berth.plan.capacity.Footprint;
import dev.berth.tenant.condition.Reason;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many nodes a pool shall have for what tenants want of it. In sums, as room is promised: which
 * sandbox lands on which node is the scheduler's.
 *
 * @param nodes what the pool shall have: within its terms, and never fewer than it has
 * @param wanted what it would need without a bound
 * @param findings what the pool cannot give, and why
 */
public record Growth(int nodes, int wanted, List<PoolFinding> findings) {

  public Growth {
    findings = List.copyOf(findings);
  }

  /**
   * Sandboxes that are alike.
   *
   * @param one with the overhead of its class
   */
  public record Demand(Footprint one, long count) {}

  /**
   * What the pool lacks for this demand.
   *
   * @param present nodes that the pool has by now, 0 = there is none
   * @param node what one of them gives
   */
  public static Growth of(PoolTerms terms, int present, NodeSize node, List<Demand> demand) {
    List<PoolFinding> findings = new ArrayList<>();
    Share sum = Share.NONE;
    for (Demand alike : demand) {
      long density = node.density(alike.one());
      if (alike.count() > 0 && density == 0) {
        findings.add(tooSmall(terms, node, alike));
      } else if (alike.count() > 0) {
        sum = sum.plus(alike.count(), density);
      }
    }
    int wanted = Math.max(terms.min(), sum.nodes());
    int nodes = Math.max(present, Math.min(wanted, terms.max()));
    if (wanted > nodes) {
      findings.add(full(terms, wanted));
    }
    return new Growth(nodes, wanted, findings);
  }

  /**
   * The nodes of a class once the pool has as many as plans allow; empty = it has none yet, so that
   * nobody knows what one gives.
   *
   * @param present Ready ones of the class, of this pool and of others
   */
  public static Optional<List<Nodes>> most(PoolTerms terms, List<Nodes> present) {
    String pool = PoolName.of(terms.vmSize()).value();
    List<Nodes> own = present.stream().filter(nodes -> nodes.pool().equals(pool)).toList();
    int more = terms.max() - own.stream().mapToInt(Nodes::count).sum();
    if (own.isEmpty() || more <= 0) {
      return more <= 0 ? Optional.of(present) : Optional.empty();
    }
    Nodes one = own.getFirst();
    List<Nodes> most = new ArrayList<>(present);
    most.add(new Nodes(pool, more, one.memory(), one.cpu(), one.pods()));
    return Optional.of(List.copyOf(most));
  }

  private static PoolFinding tooSmall(PoolTerms terms, NodeSize node, Demand alike) {
    return new PoolFinding(
        Reason.NodeTooSmall,
        "pool %s: one sandbox takes %s memory and %s cpu with its overhead, and a node of %s has %s; release a plan version with a larger VM size or smaller sandboxes"
            .formatted(
                PoolName.of(terms.vmSize()),
                Quantity.bytes(alike.one().memory()),
                Quantity.millis(alike.one().cpu()),
                terms.vmSize(),
                node));
  }

  private static PoolFinding full(PoolTerms terms, int wanted) {
    return new PoolFinding(
        Reason.NodePoolFull,
        "pool %s would need %d nodes, and the plans for %s allow %d; release a plan version that allows more, or wait until tenants leave"
            .formatted(PoolName.of(terms.vmSize()), wanted, terms.vmSize(), terms.max()));
  }

  /** A sum of parts of nodes, exact: {@code over / under}. */
  private record Share(BigInteger over, BigInteger under) {
    static final Share NONE = new Share(BigInteger.ZERO, BigInteger.ONE);

    Share plus(long count, long density) {
      BigInteger per = BigInteger.valueOf(density);
      BigInteger sum = over.multiply(per).add(BigInteger.valueOf(count).multiply(under));
      BigInteger both = under.multiply(per);
      BigInteger common = sum.gcd(both);
      return new Share(sum.divide(common), both.divide(common));
    }

    /** Whole ones; more than can be counted stay the most that can. */
    int nodes() {
      return over.add(under)
          .subtract(BigInteger.ONE)
          .divide(under)
          .min(BigInteger.valueOf(Integer.MAX_VALUE))
          .intValueExact();
    }
  }
}
