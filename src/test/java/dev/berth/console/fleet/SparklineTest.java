package dev.berth.console.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.console.fleet.Sparkline.HourBar;
import dev.berth.console.fleet.Sparkline.HourSum;
import dev.berth.store.search.Fleet.HourOfPhase;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {

  @Test
  void eachHourIsABarBesideTheFullestOneWithTheLatestRightmost() {
    Sparkline line =
        Sparkline.of(
            List.of(
                new HourOfPhase("READY", 0, 3),
                new HourOfPhase("FAILED", 0, 1),
                new HourOfPhase("READY", 23, 1)));

    assertThat(line.bars()).containsExactly(new HourBar(0, 10, 0), new HourBar(230, 30, 10));
    assertThat(line.all()).isEqualTo(new HourSum(4, 1));
    assertThat(line.most()).isEqualTo(4);
  }

  @Test
  void aSingleOneAmongThousandsIsSeen() {
    Sparkline line =
        Sparkline.of(List.of(new HourOfPhase("READY", 1, 9000), new HourOfPhase("BLOCKED", 2, 1)));

    assertThat(line.bars()).containsExactly(new HourBar(210, 0, 1), new HourBar(220, 40, 0));
  }

  @Test
  void whereNothingChangedThereIsNoBar() {
    assertThat(Sparkline.of(List.of()).bars()).isEmpty();
  }
}
