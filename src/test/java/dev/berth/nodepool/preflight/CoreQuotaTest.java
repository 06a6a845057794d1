package dev.berth.nodepool.preflight;

import static dev.berth.nodepool.decide.Readings.FAMILY;
import static dev.berth.nodepool.decide.Readings.pool;
import static dev.berth.nodepool.decide.Readings.quota;
import static dev.berth.nodepool.decide.Readings.size;
import static dev.berth.nodepool.decide.Readings.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.QuotaReading;
import dev.berth.nodepool.cloud.SizeReading;
import dev.berth.nodepool.decide.Readings;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoreQuotaTest {

  /** 3 x Standard_D4s_v3 at 10%: (3 + 1) x 4 = 16 vCPUs, in both quotas. */
  @Test
  void threeNodesOfFourCoresNeedSixteen() {
    SizeReading four = size("Standard_D4s_v3", Map.of("vCPUs", "4"));
    PoolWish three = wish("Standard_D4s_v3", 3);

    assertThat(CoreQuota.judge(three, null, four, quota(16, 16))).isEmpty();
    assertThat(CoreQuota.judge(three, null, four, quota(15, 16)))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.CloudQuota);
          assertThat(finding.message())
              .contains("pool kd4sv3 of cluster prod needs 16 more vCPUs")
              .contains("3 more nodes of Standard_D4s_v3 + 1 surge nodes", "x 4 vCPUs")
              .contains("quota cores has 15 left, 1 too few", "ask Azure");
        });
    assertThat(CoreQuota.judge(three, null, four, quota(16, 4)))
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.message()).contains("quota " + FAMILY + " has 4 left, 12 too few"));
  }

  @Test
  void bothQuotasAreToldWhereBothAreShort() {
    assertThat(judge(wish(3), null, quota(0, 0))).hasSize(2);
  }

  /** The nodes that are there are in the quota's use already. */
  @Test
  void aPoolThatGrowsNeedsCoresForTheNewNodesAndItsOwnSurge() {
    assertThat(judge(wish(5), pool(3, "1"), quota(24, 24))).isEmpty();
    assertThat(judge(wish(5), pool(3, "1"), quota(23, 24))).hasSize(1);
    assertThat(judge(wish(5), pool(3, "50%"), quota(39, 40))).hasSize(1);
    assertThat(judge(wish(5), pool(3, "50%"), quota(40, 40))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3})
  void aPoolThatDoesNotGrowNeedsNothing(int nodes) {
    assertThat(judge(wish(nodes), pool(3, "10%"), quota(0, 0))).isEmpty();
  }

  @Test
  void whatIsNotSaidForbidsNothing() {
    assertThat(judge(wish(3), null, new QuotaReading(Map.of()))).isEmpty();
    for (String cores : List.of("", "eight", "-8", "0", "1e999999999")) {
      SizeReading unknown = size(Readings.SIZE, Map.of("vCPUs", cores));
      assertThat(CoreQuota.judge(wish(3), null, unknown, quota(0, 0))).as(cores).isEmpty();
    }
  }

  @Test
  void aFamilyIsFoundInAnyCaseOfLetters() {
    assertThat(judge(wish(3), null, new QuotaReading(Map.of("STANDARDDSV5FAMILY", 31L))))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "10%, 3, 1",
    "10%, 10, 1",
    "10%, 11, 2",
    "33%, 3, 1",
    "100%, 3, 3",
    "1, 30, 1",
    "0, 30, 0",
    "'', 3, 1",
    "'', 21, 3",
    "'a lot', 21, 3",
    "' 50% ', 3, 2",
    "999999999, 3, 1",
  })
  void partsOfASurgeNodeCountAsOne(String written, long nodes, long surge) {
    assertThat(CoreQuota.surge(written, nodes)).isEqualTo(surge);
  }

  private static List<PoolFinding> judge(
      PoolWish wish, @Nullable PoolReading existing, QuotaReading quota) {
    return CoreQuota.judge(wish, existing, size(Readings.SIZE, Map.of()), quota);
  }
}
