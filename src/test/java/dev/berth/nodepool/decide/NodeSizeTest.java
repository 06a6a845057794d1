package dev.berth.nodepool.decide;

import static dev.berth.nodepool.decide.Readings.size;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.capacity.Footprint;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeSizeTest {

  private static final long MEBI = 1L << 20;

  /** By what AKS says: 20 Mi per pod and 50 Mi more, but never beyond a quarter; 100 Mi as well. */
  @ParameterizedTest
  @CsvSource({
    "32, 250, 26594",
    "32, 30, 30994",
    "8, 250, 5020",
    "8, 30, 6418",
    "3.5, 110, 1564",
    "1, 110, 0",
    "32, -1, 31594",
  })
  void memoryIsLeftAfterKubernetesEvictionAndMargin(String gigabytes, int maxPods, long mebi) {
    assertThat(estimate("8", gigabytes, maxPods).orElseThrow().memory()).isEqualTo(mebi * MEBI);
  }

  /** 60, 100, 140, 180, 260, 420 and 740 thousandths, and 300 for DaemonSets. */
  @ParameterizedTest
  @CsvSource({
    "1, 640",
    "2, 1600",
    "4, 3560",
    "8, 7520",
    "16, 15440",
    "32, 31280",
    "64, 62960",
    "6, 5520",
    "20, 19280",
    "96, 94640",
  })
  void cpuIsLeftAfterKubernetesAndMargin(String cores, long millis) {
    assertThat(estimate(cores, "32", 250).orElseThrow().cpu()).isEqualTo(millis);
  }

  @Test
  void podsAreThoseOfThePool() {
    assertThat(estimate("8", "32", 110).orElseThrow().pods()).isEqualTo(110);
    assertThat(estimate("8", "32", -1).orElseThrow().pods()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 32",
    "8, ''",
    "many, 32",
    "8, NaN",
    "0, 32",
    "8, -1",
    "8, 1e999999999",
    "99999999, 32"
  })
  void aSizeThatIsNotSaidIsNotEstimated(String cores, String gigabytes) {
    assertThat(estimate(cores, gigabytes, 250)).isEmpty();
  }

  /** (12800 - 1000) / (512 + 600) = 10. */
  @Test
  void theScarcestOfMemoryCpuAndPodsIsTheDensity() {
    Footprint one = new Footprint(1112 * MEBI, 100);

    assertThat(new NodeSize(11800 * MEBI, 100_000, 250).density(one)).isEqualTo(10);
    assertThat(new NodeSize(11800 * MEBI, 899, 250).density(one)).isEqualTo(8);
    assertThat(new NodeSize(11800 * MEBI, 100_000, 7).density(one)).isEqualTo(7);
    assertThat(new NodeSize(1111 * MEBI, 100_000, 7).density(one)).isZero();
    assertThat(new NodeSize(-1, -1, -1).density(one)).isZero();
  }

  private static Optional<NodeSize> estimate(String cores, String gigabytes, int maxPods) {
    return NodeSize.estimate(
        size(Readings.SIZE, Map.of("vCPUs", cores, "MemoryGB", gigabytes)), maxPods);
  }
}
