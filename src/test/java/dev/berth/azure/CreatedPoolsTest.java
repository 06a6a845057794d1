package dev.berth.azure;

import static dev.berth.azure.AzureStand.ORDER;
import static dev.berth.azure.AzureStand.failure;
import static dev.berth.azure.AzureStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import dev.berth.nodepool.PoolOrder;
import dev.berth.nodepool.Subnets;
import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.PoolReading.Machines;
import dev.berth.nodepool.cloud.PoolReading.Sandboxing;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool is asked for once, in exactly the words that AKS takes. */
class CreatedPoolsTest {
  @RegisterExtension final AzureStand stand = new AzureStand();

  @Test
  void anOrderIsWrittenOnceAndOnlyWhereThereIsNone() {
    stand.cloud().create(ORDER);

    assertThat(stand.puts())
        .singleElement()
        .satisfies(put -> {
          assertThat(put.status()).isEqualTo(201);
          assertThat(put.headers())
              .containsEntry("if-none-match", "*")
              .doesNotContainKey("if-match");
          assertThat(json(put.body()))
              .isEqualTo(
                  json(
                      """
                      {"properties":{"count":1,"vmSize":"Standard_D4s_v5","workloadRuntime":"KataVmIsolation",
                       "osType":"Linux","osSKU":"AzureLinux","type":"VirtualMachineScaleSets","mode":"User",
                       "tags":{"berth":"local"},"nodeLabels":{"berth.dev/pool":"kata"},"nodeTaints":[]}}
                      """));
        });
    assertThat(stand.azure().journal().of(Call.GET_OPERATION)).isEmpty();
  }

  @Test
  void itIsMadeInTheSubnetsThatItIsToBeIn() {
    PoolOrder order =
        new PoolOrder(
            ORDER.name(),
            ORDER.vmSize(),
            1,
            ORDER.tags(),
            ORDER.labels(),
            new Subnets("/nodes", "/pods"));

    stand.cloud().create(order);

    JsonNode properties = json(stand.puts().getFirst().body()).path("properties");
    assertThat(properties.path("vnetSubnetID").asText()).isEqualTo("/nodes");
    assertThat(properties.path("podSubnetID").asText()).isEqualTo("/pods");
  }

  @Test
  void itIsReadAsItWasOrderedWithWhatAzureFilledIn() {
    PoolReading pool = stand.created();

    assertThat(pool.state()).isEqualTo("Succeeded");
    assertThat(pool.failure()).isNull();
    assertThat(pool.eTag()).isNotEmpty();
    assertThat(pool.tags()).isEqualTo(Map.of("berth", "local"));
    assertThat(pool.machines()).isEqualTo(new Machines("Standard_D4s_v5", 1, null, 250, "10%"));
    assertThat(pool.sandboxing())
        .isEqualTo(
            new Sandboxing(
                "KataVmIsolation",
                "AzureLinux",
                "AKSAzureLinux-V3katagen2-202510.19.1",
                false,
                false,
                false));
  }

  @Test
  void oneThatExistsIsAFailureAndStaysAsItIs() {
    PoolReading before = stand.created();

    assertThat(failure(() -> stand.cloud().create(ORDER)).code()).isEqualTo("PreconditionFailed");
    assertThat(stand.pool("kata")).isEqualTo(before);
  }

  @Test
  void anAnswerWithoutTheAddressOfTheOperationIsEnough() {
    stand.azure().next(Call.PUT_POOL, Mishap.withoutAsyncHeader());

    stand.cloud().create(ORDER);

    assertThat(stand.pool("kata").state()).isEqualTo("Creating");
    stand.waitAnOperation();
    assertThat(stand.pool("kata").state()).isEqualTo("Succeeded");
  }

  @Test
  void theProvidersCodeIsKept() {
    stand.azure().portal().allowsVcpus(4);

    CloudFailure failure = failure(() -> stand.cloud().create(ORDER));

    assertThat(failure.code()).isEqualTo("ErrCode_InsufficientVCPUQuota");
    assertThat(failure.message()).contains("regional vcpu quota", "requested quota 8");
    assertThat(failure.correlationId()).isNotEmpty();
    assertThat(failure.retryAfter()).isNull();
  }

  @Test
  void aBusyClusterAndAPolicySayWhoTheyAre() {
    stand.azure().busyFor(Duration.ofMinutes(5));
    CloudFailure busy = failure(() -> stand.cloud().create(ORDER));
    stand.azure().next(Call.PUT_POOL, Mishap.deniedByPolicy("no-big-machines"));
    CloudFailure denied = failure(() -> stand.cloud().create(ORDER));

    assertThat(busy.code()).isEqualTo("OperationNotAllowed");
    assertThat(busy.message()).contains("PutExtensionAddonHandler");
    assertThat(denied.code()).isEqualTo("RequestDisallowedByPolicy");
    assertThat(denied.message()).contains("no-big-machines");
  }

  @Test
  void whenToComeBackIsPassedOnAndNotWaitedFor() {
    stand.azure().next(Call.PUT_POOL, Mishap.throttled(Duration.ofSeconds(77)));
    CloudFailure ofAks = failure(() -> stand.cloud().create(ORDER));
    stand.azure().next(Call.PUT_POOL, Mishap.throttledByArm(Duration.ofSeconds(33)));
    CloudFailure ofArm = failure(() -> stand.cloud().create(ORDER));

    assertThat(ofAks.code()).isEqualTo("Throttled");
    assertThat(ofAks.retryAfter()).isEqualTo(Duration.ofSeconds(77));
    assertThat(ofArm.code()).isEqualTo("SubscriptionRequestsThrottled");
    assertThat(ofArm.retryAfter()).isEqualTo(Duration.ofSeconds(33));
    assertThat(stand.puts()).hasSize(2);
  }

  @Test
  void aLostRequestIsNotRepeatedAndThePoolIsNotThere() {
    stand.azure().next(Call.PUT_POOL, Mishap.dropBeforeEffect());

    assertThat(failure(() -> stand.cloud().create(ORDER)).code())
        .isEqualTo(CloudFailure.UNREACHABLE);
    assertThat(stand.puts()).hasSize(1);
    assertThat(stand.cloud().cluster().pool("kata")).isEmpty();
  }

  @Test
  void aLostAnswerLeavesThePoolToBeRead() {
    stand.azure().next(Call.PUT_POOL, Mishap.dropAfterEffect());
    assertThat(failure(() -> stand.cloud().create(ORDER)).code())
        .isEqualTo(CloudFailure.UNREACHABLE);
    assertThat(stand.pool("kata").state()).isEqualTo("Creating");

    stand.waitAnOperation();
    assertThat(stand.pool("kata").state()).isEqualTo("Succeeded");
    assertThat(stand.puts()).hasSize(1);
  }

  @Test
  void aBrokenServerIsOneThatDoesNotAnswer() {
    stand.azure().next(Call.PUT_POOL, Mishap.failBeforeEffect(500));

    CloudFailure failure = failure(() -> stand.cloud().create(ORDER));

    assertThat(failure.code()).isEqualTo(CloudFailure.UNREACHABLE);
    assertThat(failure.message()).contains("InternalOperationError");
    assertThat(stand.puts()).hasSize(1);
  }
}
