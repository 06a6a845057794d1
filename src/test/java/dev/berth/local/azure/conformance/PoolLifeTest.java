package dev.berth.local.azure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.azure.conformance.Wire.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pool from its creation to its end, as the wire shows it. */
class PoolLifeTest {
  @RegisterExtension final Stand stand = new Stand();

  @Test
  void whatIsMissingIsNotFoundInTheWrappedEnvelope() {
    Reply reply = stand.wire().getPool("kata");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("X-MS-Failure-Cause")).isEqualTo("gateway");
    assertThat(reply.text("/error/code")).isEqualTo("ResourceNotFound");
    assertThat(reply.text("/error/message"))
        .contains("managedClusters/local/agentPools/kata' under resource group 'berth' was not");
  }

  @Test
  void aCreationIsAcceptedWithNothingButTheAddressOfItsOperation() {
    Reply reply = stand.wire().putPool("kata", Wire.KATA_POOL, "If-None-Match", "*");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.text("/properties/provisioningState")).isEqualTo("Creating");
    assertThat(reply.header("azure-asyncoperation")).contains("/operations/", "2025-03-01");
    assertThat(reply.header("location")).isEmpty();
    assertThat(reply.header("retry-after")).isEmpty();
    assertThat(reply.header("x-ms-ratelimit-remaining-subscription-writes")).isEqualTo("800");
    assertThat(reply.header("x-ms-ratelimit-remaining-subscription-global-writes"))
        .isEqualTo("12000");
  }

  @Test
  void anAnswerShowsMoreThanWasSent() {
    JsonNode pool = stand.wire().putPool("kata", Wire.KATA_POOL).body().path("properties");

    assertThat(pool.at("/securityProfile/enableVTPM").isBoolean()).isTrue();
    assertThat(pool.at("/securityProfile/enableSecureBoot").isBoolean()).isTrue();
    assertThat(pool.path("maxPods").asInt()).isEqualTo(250);
    assertThat(pool.at("/upgradeSettings/maxSurge").asText()).isEqualTo("10%");
    assertThat(pool.path("eTag").asText()).isNotEmpty();
    assertThat(pool.path("nodeImageVersion").asText()).contains("katagen2");
    assertThat(pool.at("/powerState/code").asText()).isEqualTo("Running");
  }

  @Test
  void anOperationPassesStatesOfNoStandardAndThenSucceeds() {
    Reply accepted = stand.wire().putPool("kata", Wire.KATA_POOL);

    List<String> states = new ArrayList<>();
    for (int poll = 0; poll < 4; poll++) {
      Reply status = stand.poll(accepted);
      assertThat(status.status()).isEqualTo(200);
      assertThat(status.header("retry-after")).isEmpty();
      states.add(status.text("/status"));
      stand.clock().goesOn(Stand.OPERATION.dividedBy(3));
    }

    assertThat(states)
        .containsExactly("InProgress", "InProgress", "ProvisioningNetworkResources", "Succeeded");
    assertThat(stand.wire().getPool("kata").text("/properties/provisioningState"))
        .isEqualTo("Succeeded");
  }

  @Test
  void theSameAgainIsAnUpdate() {
    Reply before = stand.existing("kata");

    Reply again = stand.wire().putPool("kata", Wire.KATA_POOL);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text("/properties/provisioningState")).isEqualTo("Updating");
    assertThat(again.text("/properties/eTag")).isNotEqualTo(before.text("/properties/eTag"));
  }

  @Test
  void aDeletionIsFollowedAtTwoAddressesAndRepeatedWithoutContent() {
    stand.existing("kata");

    Reply accepted = stand.wire().deletePool("kata");

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.body().isMissingNode()).isTrue();
    assertThat(accepted.header("x-ms-ratelimit-remaining-subscription-deletes")).isEqualTo("799");
    assertThat(stand.wire().get(accepted.header("location")).status()).isEqualTo(202);
    stand.clock().goesOn(Stand.OPERATION);
    assertThat(stand.poll(accepted).text("/status")).isEqualTo("Succeeded");
    assertThat(stand.wire().get(accepted.header("location")).status()).isEqualTo(204);
    assertThat(stand.wire().getPool("kata").status()).isEqualTo(404);
    assertThat(stand.wire().deletePool("kata").status()).isEqualTo(204);
  }
}
