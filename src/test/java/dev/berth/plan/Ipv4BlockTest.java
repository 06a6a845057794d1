package dev.berth.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class Ipv4BlockTest {

  @Test
  void blocksContainWhatBeginsWithTheirPrefix() {
    assertThat(block("0.0.0.0/0").contains(block("169.254.169.254/32"))).isTrue();
    assertThat(block("168.0.0.0/7").contains(block("168.63.129.16/32"))).isTrue();
    assertThat(block("10.20.0.0/16").contains(block("10.21.0.0/24"))).isFalse();
    assertThat(block("10.20.0.0/16").contains(block("10.0.0.0/8"))).isFalse();
  }

  @Test
  void whatIsNoBlockIsNotRead() {
    for (String text :
        List.of(
            "10.0.0.0", "10.0.0.0/33", "256.0.0.0/8", "10.0.0.1/8", "010.0.0.0/8", "::/0", "")) {
      assertThat(Ipv4Block.parse(text)).as(text).isEmpty();
    }
  }

  private static Ipv4Block block(String text) {
    return Ipv4Block.parse(text).orElseThrow();
  }
}
