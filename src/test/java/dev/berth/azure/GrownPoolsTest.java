package dev.berth.azure;

import static dev.berth.azure.AzureStand.failure;
import static dev.berth.azure.AzureStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.PoolReading.Autoscaling;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool grows by nothing but its number of nodes, and only as it was read. */
class GrownPoolsTest {
  @RegisterExtension final AzureStand stand = new AzureStand();

  @Test
  void onlyTheNumberOfNodesChanges() {
    PoolReading seen = stand.created();
    ObjectNode before = stand.azure().portal().pool("kata");

    stand.cloud().grow(seen, 3);

    assertThat(stand.puts().getLast().headers()).containsEntry("if-match", seen.eTag());
    assertThat(json(stand.puts().getLast().body()).path("properties").fieldNames())
        .toIterable()
        .doesNotContain("status", "eTag", "provisioningState", "nodeImageVersion");
    assertThat(stand.pool("kata").state()).isEqualTo("Scaling");
    stand.waitAnOperation();
    assertThat(stand.pool("kata").machines().count()).isEqualTo(3);
    assertThat(settings(stand.azure().portal().pool("kata"))).isEqualTo(settings(before));
  }

  @Test
  void withAnAutoscalerItsMinimumGrowsAndItsMaximumIfItMust() {
    stand.created();
    stand.azure().portal().changes("kata", pool -> autoscaled(pool, 1, 4));
    stand.cloud().grow(stand.pool("kata"), 3);
    stand.waitAnOperation();

    PoolReading within = stand.pool("kata");
    assertThat(within.machines().autoscaled()).isEqualTo(new Autoscaling(3, 4));
    assertThat(within.machines().count()).isEqualTo(3);

    stand.cloud().grow(within, 6);
    stand.waitAnOperation();
    assertThat(stand.pool("kata").machines().autoscaled()).isEqualTo(new Autoscaling(6, 6));
  }

  @Test
  void oneThatChangedSinceItWasReadIsLeftAlone() {
    PoolReading seen = stand.created();
    stand.azure().portal().scales("kata", 2);

    CloudFailure failure = failure(() -> stand.cloud().grow(seen, 3));

    assertThat(failure.code()).isEqualTo("EtagMismatch");
    assertThat(failure.message()).contains("Etag mismatched");
    assertThat(stand.pool("kata").machines().count()).isEqualTo(2);
  }

  @Test
  void whereAReadingHasNoTagTheLastLookAtThePoolFencesIt() {
    PoolReading seen = stand.created();
    String tag = seen.eTag();

    stand
        .cloud()
        .grow(
            new PoolReading(
                seen.name(),
                seen.tags(),
                seen.machines(),
                seen.sandboxing(),
                seen.state(),
                null,
                null),
            3);

    assertThat(stand.puts().getLast().headers()).containsEntry("if-match", tag);
  }

  @Test
  void oneThatWasDeletedByHandIsNotMadeAgain() {
    PoolReading seen = stand.created();
    stand.azure().portal().deletes("kata");

    assertThat(failure(() -> stand.cloud().grow(seen, 3)).code()).isEqualTo("ResourceNotFound");
    assertThat(stand.puts()).hasSize(1);
  }

  @Test
  void oneThatIsDeletedInTheLastMomentIsNotMadeAgain() {
    PoolReading seen = stand.created();
    stand
        .azure()
        .next(
            Call.PUT_POOL,
            Mishap.refuse(
                412, "PreconditionFailed", "Resource not found but ETag header is provided"));

    assertThat(failure(() -> stand.cloud().grow(seen, 3)).code()).isEqualTo("PreconditionFailed");
  }

  private static void autoscaled(ObjectNode pool, int min, int max) {
    pool.put("enableAutoScaling", true).put("minCount", min).put("maxCount", max);
  }

  private static ObjectNode settings(ObjectNode pool) {
    return pool.without(List.of("count", "eTag", "provisioningState", "status"));
  }
}
