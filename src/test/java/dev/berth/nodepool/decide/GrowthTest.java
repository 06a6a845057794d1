package dev.berth.nodepool.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.nodepool.decide.Growth.Demand;
import dev.berth.plan.Plan.PoolTerms;
import dev.berth.plan.SandboxClass.Nodes;
import dev.berth.plan.capacity.Footprint;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked examples: ten sandboxes of 512 Mi with an overhead of 600 Mi on each node. */
class GrowthTest {

  private static final long MEBI = 1L << 20;
  private static final NodeSize NODE = new NodeSize(11800 * MEBI, 16_000, 250);
  private static final Footprint TEN = new Footprint(1112 * MEBI, 100);
  private static final Footprint THREE = new Footprint(3500 * MEBI, 100);

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "10, 1", "11, 2", "20, 2", "21, 3", "995, 100"})
  void elevenSandboxesNeedTwoNodesOfTen(long count, int nodes) {
    assertThat(growth(terms(0, 100), 0, new Demand(TEN, count)))
        .isEqualTo(new Growth(nodes, nodes, List.of()));
  }

  /** L2. */
  @Test
  void aPoolMayGrowToWhatPlansAllowOnceItIsKnownWhatANodeGives() {
    PoolTerms terms = new PoolTerms("Standard_D8s_v5", 0, 10);
    Nodes other = new Nodes("kother", 3, 1, 1, 1);
    Nodes own = new Nodes("kd8sv5", 2, 26, 7, 250);

    assertThat(Growth.most(terms, List.of(own, other)))
        .contains(List.of(own, other, new Nodes("kd8sv5", 8, 26, 7, 250)));
    assertThat(Growth.most(new PoolTerms("Standard_D8s_v5", 0, 2), List.of(own)))
        .contains(List.of(own));
    assertThat(Growth.most(terms, List.of(other))).as("no node tells").isEmpty();
  }

  @Test
  void partsOfNodesAreAddedExactly() {
    assertThat(growth(terms(0, 100), 0, new Demand(TEN, 5), new Demand(THREE, 1)).nodes())
        .isEqualTo(1);
    assertThat(growth(terms(0, 100), 0, new Demand(TEN, 10), new Demand(THREE, 3)).nodes())
        .isEqualTo(2);
    assertThat(growth(terms(0, 100), 0, new Demand(TEN, 7), new Demand(THREE, 1)).nodes())
        .isEqualTo(2);
  }

  @Test
  void thePlansMinimumIsThereEvenIfNobodyNeedsIt() {
    assertThat(growth(terms(2, 5), 0)).isEqualTo(new Growth(2, 2, List.of()));
    assertThat(growth(terms(2, 5), 0, new Demand(TEN, 25)).nodes()).isEqualTo(3);
  }

  @Test
  void whatIsBeyondThePlansMaximumIsToldInNumbers() {
    Growth growth = growth(terms(0, 5), 3, new Demand(TEN, 61));

    assertThat(growth.nodes()).isEqualTo(5);
    assertThat(growth.wanted()).isEqualTo(7);
    assertThat(growth.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolFull);
          assertThat(finding.refuses()).isFalse();
          assertThat(finding.message())
              .contains("pool kd8sv5 would need 7 nodes", Readings.SIZE + " allow 5");
        });
    assertThat(growth(terms(0, 7), 3, new Demand(TEN, 61)).findings()).isEmpty();
  }

  @Test
  void aPoolNeverShrinks() {
    assertThat(growth(terms(0, 100), 4, new Demand(TEN, 1))).isEqualTo(new Growth(4, 1, List.of()));
    assertThat(growth(terms(0, 2), 4, new Demand(TEN, 40))).isEqualTo(new Growth(4, 4, List.of()));
  }

  @Test
  void aSandboxThatFitsNoNodeIsToldAndTheOthersAreCounted() {
    Footprint huge = new Footprint(11801 * MEBI, 17_000);
    Growth growth = growth(terms(0, 100), 0, new Demand(huge, 3), new Demand(TEN, 11));

    assertThat(growth.nodes()).isEqualTo(2);
    assertThat(growth.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodeTooSmall);
          assertThat(finding.message())
              .contains("pool kd8sv5", "11801Mi memory and 17 cpu")
              .contains("11800Mi memory, 16 cpu and 250 pods", "larger VM size");
        });
  }

  @Test
  void whatNobodyWantsIsNotTooLarge() {
    Footprint huge = new Footprint(11801 * MEBI, 100);
    assertThat(growth(terms(0, 100), 0, new Demand(huge, 0), new Demand(TEN, -3)))
        .isEqualTo(new Growth(0, 0, List.of()));
  }

  @Test
  void demandBeyondCountingStaysTheMostThatCanBeCounted() {
    Demand endless = new Demand(THREE, Long.MAX_VALUE);
    Growth growth = growth(terms(0, 9), 0, endless, endless, new Demand(TEN, Long.MAX_VALUE));

    assertThat(growth.nodes()).isEqualTo(9);
    assertThat(growth.wanted()).isEqualTo(Integer.MAX_VALUE);
  }

  private static PoolTerms terms(int min, int max) {
    return new PoolTerms(Readings.SIZE, min, max);
  }

  private static Growth growth(PoolTerms terms, int present, Demand... demand) {
    return Growth.of(terms, present, NODE, List.of(demand));
  }
}
