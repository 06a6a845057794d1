package dev.berth.plan.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.Plan;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {

  @Test
  void evenPartsAreGivenByPercent() {
    assertThat(shares(75, 25).split(20)).containsExactly(15L, 5L);
    assertThat(shares(90, 10).split(100)).containsExactly(90L, 10L);
  }

  @Test
  void theLargestRemainderGetsWhatIsLeft() {
    assertThat(shares(50, 30, 20).split(11)).containsExactly(6L, 3L, 2L);
    assertThat(shares(34, 33, 33).split(10)).containsExactly(4L, 3L, 3L);
    assertThat(shares(66, 34).split(5)).containsExactly(3L, 2L);
  }

  @Test
  void theDefaultNamespaceIsFirstAmongEquals() {
    var jobsFirst =
        new Shares(List.of(new Plan.PlanNamespace("jobs", 50), new Plan.PlanNamespace("", 50)));

    assertThat(jobsFirst.split(3)).containsExactly(1L, 2L);
  }

  @Test
  void noPartIsEmptyWhileTheAmountIsEnoughForAll() {
    assertThat(shares(98, 1, 1).split(3)).containsExactly(1L, 1L, 1L);
    assertThat(shares(98, 1, 1).split(5)).containsExactly(3L, 1L, 1L);
  }

  @Test
  void lessThanOneForEachGoesToTheLargestShares() {
    assertThat(shares(75, 25).split(1)).containsExactly(1L, 0L);
    assertThat(shares(75, 25).split(0)).containsExactly(0L, 0L);
  }

  private static Shares shares(int... percent) {
    return new Shares(
        IntStream.range(0, percent.length)
            .mapToObj(i -> new Plan.PlanNamespace("n" + i, percent[i]))
            .toList());
  }
}
