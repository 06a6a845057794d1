package dev.berth.local.azure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.azure.conformance.Wire.Reply;
import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an operation is followed, and how it may end. */
class OperationTest {
  @RegisterExtension final Stand stand = new Stand();

  @ParameterizedTest
  @CsvSource({
    "t=, t=1",
    "%2B, +",
    "&s=, &s=x",
    "api-version=2025-03-01&, api-version=2025-03-01&x=1&"
  })
  void anAddressThatWasNotKeptToTheLetterIsRefused(String kept, String altered) {
    String url = accepted().header("azure-asyncoperation");

    assertThat(stand.wire().get(url).status()).isEqualTo(200);
    assertThat(stand.wire().get(url.replace(kept, altered)).status()).isEqualTo(403);
  }

  @Test
  void anAddressOfNoOperationIsNotFound() {
    String url = accepted().header("azure-asyncoperation");

    assertThat(stand.wire().get(url.replace("/operations/", "/operations/0")).status())
        .isEqualTo(404);
  }

  @Test
  void theVersionOfThePoolsIsNotTheOneOfTheOperations() {
    String url = accepted().header("azure-asyncoperation");

    Reply reply = stand.wire().get(url.replace("2025-03-01", "2025-09-01"));

    assertThat(reply.code()).isEqualTo("NoRegisteredProviderFound");
  }

  @Test
  void aFailedOperationIsToldWithStatus200() {
    stand.azure().next(Call.PUT_POOL, Mishap.operationFails("OutboundConnFail", "No way out."));
    Reply accepted = accepted();

    stand.clock().goesOn(Stand.OPERATION);

    Reply status = stand.poll(accepted);
    assertThat(accepted.status()).isEqualTo(201);
    assertThat(status.status()).isEqualTo(200);
    assertThat(status.text("/status")).isEqualTo("Failed");
    assertThat(status.text("/error/code")).isEqualTo("OutboundConnFail");
    Reply pool = stand.wire().getPool("kata");
    assertThat(pool.text("/properties/provisioningState")).isEqualTo("Failed");
    assertThat(pool.text("/properties/status/provisioningError/code"))
        .isEqualTo("OutboundConnFail");
  }

  @Test
  void aFailedPoolIsMendedByPuttingItAgain() {
    stand.azure().next(Call.PUT_POOL, Mishap.operationFails("OutboundConnFail", "No way out."));
    accepted();
    stand.clock().goesOn(Stand.OPERATION);

    Reply again = accepted();
    stand.clock().goesOn(Stand.OPERATION);

    assertThat(again.status()).isEqualTo(200);
    Reply pool = stand.wire().getPool("kata");
    assertThat(pool.text("/properties/provisioningState")).isEqualTo("Succeeded");
    assertThat(pool.body().at("/properties/status").isMissingNode()).isTrue();
  }

  @Test
  void anOperationMayBeCanceled() {
    stand.azure().next(Call.PUT_POOL, Mishap.operationIsCanceled());
    Reply accepted = accepted();

    stand.clock().goesOn(Stand.OPERATION);

    assertThat(stand.poll(accepted).text("/status")).isEqualTo("Canceled");
    assertThat(stand.wire().getPool("kata").text("/properties/provisioningState"))
        .isEqualTo("Canceled");
  }

  @Test
  void anOperationReportsWhatItWasToldToForAsLongAsItWasToldTo() {
    stand
        .azure()
        .next(
            Call.PUT_POOL,
            Mishap.operationTakes(Duration.ofMinutes(50)),
            Mishap.operationReports("ProvisioningControlPlane"));
    Reply accepted = accepted();

    stand.clock().goesOn(Duration.ofMinutes(49));
    assertThat(stand.poll(accepted).text("/status")).isEqualTo("ProvisioningControlPlane");
    stand.clock().goesOn(Duration.ofMinutes(1));
    assertThat(stand.poll(accepted).text("/status")).isEqualTo("Succeeded");
  }

  @Test
  void aCreationMayNotSayWhereItIsFollowed() {
    stand.azure().next(Call.PUT_POOL, Mishap.withoutAsyncHeader());

    Reply accepted = accepted();

    assertThat(accepted.status()).isEqualTo(201);
    assertThat(accepted.header("azure-asyncoperation")).isEmpty();
    stand.clock().goesOn(Stand.OPERATION);
    assertThat(stand.wire().getPool("kata").text("/properties/provisioningState"))
        .isEqualTo("Succeeded");
  }

  @Test
  void aDeletionOvertakesTheCreationOfTheSamePool() {
    Reply creation = accepted();

    Reply deletion = stand.wire().deletePool("kata");

    assertThat(deletion.status()).isEqualTo(202);
    Reply status = stand.poll(creation);
    assertThat(status.text("/status")).isEqualTo("Failed");
    assertThat(status.text("/error/code")).isEqualTo("ResourceOperationFailure");
    assertThat(status.text("/error/details/0/code")).isEqualTo("OriginalEtagNotExpect");
    assertThat(status.text("/error/details/0/message")).contains("preempted by Deleting");
  }

  private Reply accepted() {
    return stand.wire().putPool("kata", Wire.KATA_POOL);
  }
}
