package dev.berth.plan.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.Plan;
import dev.berth.plan.Quantity;
import dev.berth.plan.Samples;
import org.junit.jupiter.api.Test;

class FootprintTest {

  private static final long MEBI = 1L << 20;
  private static final long ANY_CPU = Long.MAX_VALUE;

  @Test
  void aQuotaOf4GiIsEnoughForThreeSandboxesAndNotForEight() {
    Footprint one = footprint(512, 600);

    assertThat(one.fittingInto(4096 * MEBI, ANY_CPU)).isEqualTo(3);
    assertThat(Quantity.bytes(one.times(3).memory())).isEqualTo("3336Mi");
  }

  @Test
  void aSmallerOverheadLeavesRoomForSix() {
    assertThat(footprint(512, 128).fittingInto(4096 * MEBI, ANY_CPU)).isEqualTo(6);
  }

  @Test
  void eightSandboxesNeed8896Mi() {
    Footprint one = footprint(512, 600);

    assertThat(Quantity.bytes(one.times(8).memory())).isEqualTo("8896Mi");
    assertThat(one.fittingInto(8896 * MEBI, ANY_CPU)).isEqualTo(8);
    assertThat(one.fittingInto(8896 * MEBI - 1, ANY_CPU)).isEqualTo(7);
  }

  @Test
  void aNodeTakesTenBesideItsDaemons() {
    assertThat(footprint(512, 600).fittingInto((12800 - 1000) * MEBI, ANY_CPU)).isEqualTo(10);
  }

  @Test
  void theScarcerOfMemoryAndCpuDecides() {
    assertThat(footprint(512, 600).fittingInto(8896 * MEBI, 1999)).isEqualTo(3);
  }

  @Test
  void amountsBeyondCountingStayTheLargestOnes() {
    assertThat(new Footprint(Long.MAX_VALUE / 2, 1).times(3).memory()).isEqualTo(Long.MAX_VALUE);
  }

  private static Footprint footprint(long memoryMi, long overheadMi) {
    return Footprint.of(
        new Plan.Sandbox(memoryMi * MEBI, 500, new Plan.Count(1, 1, 1)),
        Samples.runtime(overheadMi * MEBI, 0));
  }
}
