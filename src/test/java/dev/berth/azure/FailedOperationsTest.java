package dev.berth.azure;

import static dev.berth.azure.AzureStand.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import dev.berth.nodepool.cloud.Cloud;
import dev.berth.nodepool.cloud.PoolReading;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What became of a write is read from the pool, and why from the operation while it is known. */
class FailedOperationsTest {
  @RegisterExtension final AzureStand stand = new AzureStand();

  @Test
  void oneThatFailsWithHttp200TellsItsCode() {
    stand.azure().next(Call.PUT_POOL, Mishap.operationFails("SkuNotAvailable", "no such machines"));
    stand.cloud().create(ORDER);
    assertThat(stand.pool("kata").failure()).isNull();

    stand.waitAnOperation();
    PoolReading failed = stand.pool("kata");
    assertThat(failed.state()).isEqualTo("Failed");
    assertThat(failed.failure().code()).isEqualTo("SkuNotAvailable");
    assertThat(failed.failure().message()).isEqualTo("no such machines");
    assertThat(failed.failure().correlationId()).isNotEmpty();
    assertThat(stand.pool("kata")).isEqualTo(failed);
    assertThat(polls()).isEqualTo(2);
  }

  @Test
  void oneThatIsCanceledSaysSo() {
    stand.azure().next(Call.PUT_POOL, Mishap.operationIsCanceled());
    stand.cloud().create(ORDER);
    stand.waitAnOperation();

    assertThat(stand.pool("kata").state()).isEqualTo("Canceled");
    assertThat(stand.pool("kata").failure().code()).isEqualTo("OperationCanceled");
  }

  @Test
  void statesOfNoStandardAreUnderWay() {
    stand
        .azure()
        .next(Call.PUT_POOL, Mishap.operationReports("ProvisioningNetworkResources", "Whatever"));
    stand.cloud().create(ORDER);

    assertThat(stand.pool("kata").state()).isEqualTo("Creating");
    stand.goOn(AzureStand.OPERATION.dividedBy(2));
    assertThat(stand.pool("kata").isSettled()).isFalse();
    stand.waitAnOperation();
    assertThat(stand.pool("kata").state()).isEqualTo("Succeeded");
    assertThat(stand.pool("kata").failure()).isNull();
    assertThat(polls()).isEqualTo(3);
  }

  @Test
  void anotherProcessReadsTheReasonFromThePool() {
    stand.azure().next(Call.PUT_POOL, Mishap.operationFails("SkuNotAvailable", "no such machines"));
    stand.cloud().create(ORDER);
    stand.waitAnOperation();

    Cloud restarted = new AzureCloud(stand.config(), stand.pipeline(stand.config()));

    PoolReading pool = restarted.cluster().pool("kata").orElseThrow();
    assertThat(pool.failure().code()).isEqualTo("SkuNotAvailable");
    assertThat(polls()).isZero();
  }

  @Test
  void whoBreaksLaterIsReadToo() {
    stand.created();
    stand.azure().portal().breaks("kata", "NodesNotReady", "2 of 2 nodes");

    assertThat(stand.pool("kata").failure().code()).isEqualTo("NodesNotReady");
  }

  @Test
  void anOperationThatCannotBeFollowedHindersNoReading() {
    stand.azure().next(Call.PUT_POOL, Mishap.operationFails("SkuNotAvailable", "no such machines"));
    stand.cloud().create(ORDER);
    stand.azure().next(Call.GET_OPERATION, Mishap.throttled(Duration.ofSeconds(60)));
    stand.azure().next(Call.GET_OPERATION, Mishap.dropBeforeEffect());

    assertThat(stand.pool("kata").state()).isEqualTo("Creating");
    assertThat(stand.pool("kata").state()).isEqualTo("Creating");
    stand.waitAnOperation();
    assertThat(stand.pool("kata").failure().code()).isEqualTo("SkuNotAvailable");
  }

  @Test
  void aPoolThatIsDeletedMeanwhileIsJustGone() {
    stand.cloud().create(ORDER);
    stand.azure().portal().deletes("kata");

    assertThat(stand.cloud().cluster().pool("kata")).isEmpty();
    stand.waitAnOperation();
    assertThat(stand.cloud().cluster().pool("kata")).isEmpty();
  }

  private int polls() {
    return stand.azure().journal().of(Call.GET_OPERATION).size();
  }
}
