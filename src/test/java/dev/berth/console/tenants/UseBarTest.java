package dev.berth.console.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.capacity.Room;
import dev.berth.plan.capacity.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

class UseBarTest {

  private static final long GI = 1L << 30;

  @Test
  void eachAmountOfTheQuotaIsABar() {
    List<UseBar> bars =
        UseBar.all(new Usage(new Room(8 * GI, 4000, 20), new Room(2 * GI, 3900, 20)));

    assertThat(bars)
        .containsExactly(
            new UseBar("memory", "2Gi", "8Gi", 25),
            new UseBar("cpu", "3900m", "4", 98),
            new UseBar("pods", "20", "20", 100));
    assertThat(bars).extracting(UseBar::tone).containsExactly("good", "warning", "warning");
  }

  @Test
  void whatIsAboveALoweredQuotaIsToldAndItsBarEndsWhereTheQuotaDoes() {
    UseBar pods = UseBar.all(new Usage(new Room(GI, 1, 20), new Room(0, 0, 23))).getLast();

    assertThat(pods).isEqualTo(new UseBar("pods", "23", "20", 115));
    assertThat(pods.tone()).isEqualTo("bad");
    assertThat(pods.width()).isEqualTo(100);
  }

  @Test
  void ofAQuotaOfNothingAllIsUsed() {
    assertThat(UseBar.all(Usage.NOTHING)).extracting(UseBar::share).containsOnly(100L);
  }
}
