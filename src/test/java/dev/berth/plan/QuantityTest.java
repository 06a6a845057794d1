package dev.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QuantityTest {

  @Test
  void theNextWholeQuantityIsNamedForOneThatIsNone() {
    assertThat(Quantity.wholeAbove("1.1Gi")).contains("1127Mi");
    assertThat(Quantity.wholeAbove("0.3Mi")).contains("1Mi");
    assertThat(Quantity.wholeAbove("1.5Gi")).isEmpty();
    assertThat(Quantity.wholeAbove("1.1GB")).isEmpty();
  }

  @Test
  void quantitiesAreReadExactly() {
    assertThat(Quantity.parseBytes("512Mi")).hasValue(512L << 20);
    assertThat(Quantity.parseBytes("1.5Gi")).hasValue(1536L << 20);
    assertThat(Quantity.parseBytes("500M")).hasValue(500_000_000);
    assertThat(Quantity.parseBytes("123")).hasValue(123);
    assertThat(Quantity.parseMillis("500m")).hasValue(500);
    assertThat(Quantity.parseMillis("0.1")).hasValue(100);
    assertThat(Quantity.parseMillis("2")).hasValue(2000);
    // As a double this is 9007199254740992.
    assertThat(Quantity.parseBytes("9007199254740993")).hasValue(9007199254740993L);
  }

  @Test
  void whatIsNoWholeQuantityIsNotRead() {
    for (String text :
        List.of(
            "",
            "1e9Gi",
            "-1",
            "+1",
            "1G i",
            " 1Gi",
            "1gi",
            "0.3",
            "1.",
            ".5",
            "1Mi\n",
            "0x10",
            "NaN",
            "1_000",
            "٣Gi",
            "9999999999Pi",
            "999999999999999999999999")) {
      assertThat(Quantity.parseBytes(text)).as("<%s>", text).isEqualTo(OptionalLong.empty());
    }
    assertThat(Quantity.parseMillis("0.0001")).isEmpty();
  }

  @Test
  void quantitiesAreWrittenAsTheApiServerAnswersThem() {
    assertThat(Quantity.bytes(3336L << 20)).isEqualTo("3336Mi");
    assertThat(Quantity.bytes(4096L << 20)).isEqualTo("4Gi");
    assertThat(Quantity.bytes(1000)).isEqualTo("1000");
    assertThat(Quantity.bytes(0)).isEqualTo("0");
    assertThat(Quantity.millis(1500)).isEqualTo("1500m");
    assertThat(Quantity.millis(1_000_000)).isEqualTo("1k");
    assertThat(Quantity.count(2000)).isEqualTo("2k");
    assertThat(Quantity.count(1500)).isEqualTo("1500");
  }
}
