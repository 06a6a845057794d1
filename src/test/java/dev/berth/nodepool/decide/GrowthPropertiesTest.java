package dev.berth.nodepool.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.nodepool.decide.Growth.Demand;
import dev.berth.plan.Plan.PoolTerms;
import dev.berth.plan.capacity.Footprint;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Against oracles that add one node after the other, and know no fractions. */
class GrowthPropertiesTest {

  private static final int ROUNDS = 2000;
  private static final int UNBOUNDED = 1_000_000;

  @TestFactory
  Stream<DynamicTest> growthIsWhatTheOraclesSay() {
    return Stream.of(20261129L, 4L, 4711L)
        .map(seed -> DynamicTest.dynamicTest("seed " + seed, () -> rounds(new Random(seed))));
  }

  private static void rounds(Random random) {
    for (int round = 0; round < ROUNDS; round++) {
      NodeSize node =
          new NodeSize(random.nextLong(5000), random.nextLong(5000), random.nextLong(40));
      List<Demand> demand = Stream.generate(() -> demand(random)).limit(random.nextInt(5)).toList();
      int needed = sharing(node, demand);
      int min = random.nextInt(10);
      PoolTerms terms = new PoolTerms("Standard_D8s_v5", min, min + random.nextInt(30));
      int present = random.nextInt(30);

      Growth growth = Growth.of(terms, present, node, demand);
      assertThat(growth.wanted()).isEqualTo(Math.max(min, needed));
      isWithinBounds(growth, terms, present);
      if (demand.size() == 1) {
        assertThat(needed).isEqualTo(placing(node, demand.get(0)));
      }
      moreNeverNeedsLess(node, demand, demand(random));
      noNodeIsOvercommitted(node, demand);
    }
  }

  private static Demand demand(Random random) {
    return new Demand(
        new Footprint(1 + random.nextLong(3000), 1 + random.nextLong(3000)), random.nextLong(60));
  }

  private static void isWithinBounds(Growth growth, PoolTerms terms, int present) {
    assertThat(growth.nodes()).isGreaterThanOrEqualTo(present);
    assertThat(growth.nodes()).isLessThanOrEqualTo(Math.max(present, terms.max()));
    assertThat(growth.nodes()).isGreaterThanOrEqualTo(Math.min(growth.wanted(), terms.max()));
    boolean full = growth.findings().stream().anyMatch(f -> f.message().contains("would need"));
    assertThat(full).isEqualTo(growth.wanted() > growth.nodes());
  }

  private static void moreNeverNeedsLess(NodeSize node, List<Demand> demand, Demand more) {
    List<Demand> all = Stream.concat(demand.stream(), Stream.of(more)).toList();
    assertThat(unbounded(node, all)).isGreaterThanOrEqualTo(unbounded(node, demand));
  }

  private static void noNodeIsOvercommitted(NodeSize node, List<Demand> demand) {
    int nodes = unbounded(node, demand);
    List<Demand> fitting = demand.stream().filter(d -> fits(node, d.one())).toList();
    assertThat(fitting.stream().mapToLong(d -> d.one().memory() * d.count()).sum())
        .isLessThanOrEqualTo(node.memory() * nodes);
    assertThat(fitting.stream().mapToLong(d -> d.one().cpu() * d.count()).sum())
        .isLessThanOrEqualTo(node.cpu() * nodes);
    assertThat(fitting.stream().mapToLong(Demand::count).sum())
        .isLessThanOrEqualTo(node.pods() * nodes);
  }

  private static int unbounded(NodeSize node, List<Demand> demand) {
    return Growth.of(new PoolTerms("Standard_D8s_v5", 0, UNBOUNDED), 0, node, demand).nodes();
  }

  /** Nodes are cut into so many parts that every kind takes a whole number of them. */
  private static int sharing(NodeSize node, List<Demand> demand) {
    BigInteger parts = BigInteger.ONE;
    for (Demand each : demand) {
      if (fits(node, each.one())) {
        parts = parts.multiply(BigInteger.valueOf(most(node, each.one())));
      }
    }
    BigInteger needed = BigInteger.ZERO;
    for (Demand each : demand) {
      if (fits(node, each.one())) {
        BigInteger one = parts.divide(BigInteger.valueOf(most(node, each.one())));
        needed = needed.add(one.multiply(BigInteger.valueOf(each.count())));
      }
    }
    int nodes = 0;
    for (BigInteger have = BigInteger.ZERO; have.compareTo(needed) < 0; have = have.add(parts)) {
      nodes++;
    }
    return nodes;
  }

  /** Of one kind alone: each sandbox is put on a node, and what does not fit needs another. */
  private static int placing(NodeSize node, Demand demand) {
    if (!fits(node, demand.one())) {
      return 0;
    }
    int nodes = 0;
    long here = 0;
    for (long placed = 0; placed < demand.count(); placed++) {
      boolean another = nodes == 0 || here + 1 > most(node, demand.one());
      nodes += another ? 1 : 0;
      here = another ? 1 : here + 1;
    }
    return nodes;
  }

  private static boolean fits(NodeSize node, Footprint one) {
    return node.pods() > 0 && one.memory() <= node.memory() && one.cpu() <= node.cpu();
  }

  /** Counted, one sandbox after the other. */
  private static long most(NodeSize node, Footprint one) {
    long count = 0;
    while (count < node.pods()
        && (count + 1) * one.memory() <= node.memory()
        && (count + 1) * one.cpu() <= node.cpu()) {
      count++;
    }
    return count;
  }
}
