package dev.berth.local.azure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.conformance.Wire.Reply;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many nodes may be asked for: by rule, by the autoscaler's bounds and by quota. */
class NodeCountTest {
  @RegisterExtension final Stand stand = new Stand();

  @Test
  void aPoolIsScaled() {
    stand.existing("kata");

    Reply reply = stand.wire().putPool("kata", pool -> pool.put("count", 3));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("/properties/provisioningState")).isEqualTo("Scaling");
    assertThat(reply.body().at("/properties/count").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"-1", "1001"})
  void aNumberOutOfRangeIsRefused(int count) {
    assertInvalid(stand.wire().putPool("kata", pool -> pool.put("count", count)));
  }

  @Test
  void onlyAUserPoolMayBeEmpty() {
    Consumer<ObjectNode> empty = pool -> pool.put("count", 0);

    assertInvalid(stand.wire().putPool("kata", empty.andThen(pool -> pool.put("mode", "System"))));
    assertThat(stand.wire().putPool("kata", empty).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 3, 201", "3, 3, 3, 201", "0, 1, 3, 400", "4, 1, 3, 400", "2, 3, 1, 400"})
  void anAutoscaledPoolStartsWithinItsBounds(int count, int least, int most, int status) {
    assertThat(stand.wire().putPool("kata", autoscaled(count, least, most)).status())
        .isEqualTo(status);
  }

  @Test
  void theAutoscalerNeedsBothBoundsAndBoundsNeedTheAutoscaler() {
    assertInvalid(stand.wire().putPool("kata", pool -> pool.put("enableAutoScaling", true)));
    assertInvalid(stand.wire().putPool("kata", pool -> pool.put("minCount", 1)));
  }

  @Test
  void aNewMinimumMayLieAboveTheNodesThatAreThere() {
    stand.wire().putPool("kata", autoscaled(1, 1, 3));
    stand.clock().goesOn(Stand.OPERATION);

    assertThat(stand.wire().putPool("kata", autoscaled(1, 2, 3)).status()).isEqualTo(200);
  }

  @Test
  void theBoundsGoWithTheAutoscaler() {
    stand.wire().putPool("kata", autoscaled(1, 1, 3));
    stand.clock().goesOn(Stand.OPERATION);

    Reply reply = stand.wire().putPool("kata", pool -> pool.put("enableAutoScaling", false));

    assertThat(reply.body().at("/properties/maxCount").isMissingNode()).isTrue();
  }

  @Test
  void surgeNodesCountAgainstTheQuotaOfTheRegion() {
    stand.azure().portal().allowsVcpus(8 + 15); // 8 are the system pool's

    Reply refused = stand.wire().putPool("kata", pool -> pool.put("count", 3));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("/code")).isEqualTo("ErrCode_InsufficientVCPUQuota");
    assertThat(refused.text("/message"))
        .contains("left regional vcpu quota 15, requested quota 16", "surge");
    stand.azure().portal().allowsVcpus(8 + 16);
    assertThat(stand.wire().putPool("kata", pool -> pool.put("count", 3)).status()).isEqualTo(201);
  }

  @Test
  void aFamilyHasAQuotaOfItsOwn() {
    stand.azure().portal().allowsVcpus("standardDSv3Family", 4);

    Reply refused = stand.wire().putPool("kata", Wire.KATA_POOL);

    assertThat(refused.text("/code")).isEqualTo("ErrCode_InsufficientVCPUQuota");
    assertThat(refused.text("/message"))
        .contains("left standardDSv3Family vcpu quota 4, requested quota 8");
  }

  private static Consumer<ObjectNode> autoscaled(int count, int least, int most) {
    return pool ->
        pool.put("enableAutoScaling", true)
            .put("count", count)
            .put("minCount", least)
            .put("maxCount", most);
  }

  private static void assertInvalid(Reply reply) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("/code")).isEqualTo("InvalidParameter");
  }
}
