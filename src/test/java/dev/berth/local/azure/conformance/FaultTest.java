package dev.berth.local.azure.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.azure.conformance.Wire.Reply;
import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Exchange;
import dev.berth.local.azure.wire.Mishap;
import dev.berth.local.azure.wire.Refusal;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers that do not tell what was done, and the log that does. */
class FaultTest {
  @RegisterExtension final Stand stand = new Stand();

  @Test
  void aServerErrorMayComeBeforeTheEffect() {
    stand.azure().next(Call.PUT_POOL, Mishap.failBeforeEffect(500));

    Reply reply = stand.wire().putPool("kata", Wire.KATA_POOL);

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.text("/code")).isEqualTo("InternalOperationError");
    assertThat(stand.wire().getPool("kata").status()).isEqualTo(404);
  }

  @Test
  void aServerErrorMayComeAfterTheEffect() {
    stand.azure().next(Call.PUT_POOL, Mishap.failAfterEffect(500));

    assertThat(stand.wire().putPool("kata", Wire.KATA_POOL).status()).isEqualTo(500);

    assertThat(stand.wire().getPool("kata").text("/properties/provisioningState"))
        .isEqualTo("Creating");
  }

  @Test
  void theConnectionMayBreakBeforeTheEffect() {
    stand.azure().next(Call.PUT_POOL, Mishap.dropBeforeEffect());

    assertThatThrownBy(() -> stand.wire().putPool("kata", Wire.KATA_POOL))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(stand.wire().getPool("kata").status()).isEqualTo(404);
  }

  @Test
  void theConnectionMayBreakAfterTheEffect() {
    stand.azure().next(Call.PUT_POOL, Mishap.dropAfterEffect());

    assertThatThrownBy(() -> stand.wire().putPool("kata", Wire.KATA_POOL))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(stand.wire().getPool("kata").status()).isEqualTo(200);
    assertThat(stand.azure().journal().of(Call.PUT_POOL))
        .extracting(Exchange::status)
        .containsExactly(0);
  }

  @Test
  void unknownCodesComeFlatAndWrapped() {
    stand.azure().next(Call.PUT_POOL, Mishap.refuse(400, "NeverHeardOf", "It is new."));
    stand.azure().next(Call.PUT_POOL, Mishap.refuse(Refusal.ofArm(400, "NorOfThis", "Newer.")));

    assertThat(stand.wire().putPool("kata", Wire.KATA_POOL).text("/code"))
        .isEqualTo("NeverHeardOf");
    assertThat(stand.wire().putPool("kata", Wire.KATA_POOL).text("/error/code"))
        .isEqualTo("NorOfThis");
  }

  @Test
  void aPolicyDeniesUntilItIsLifted() {
    stand.azure().always(Call.PUT_POOL, Mishap.deniedByPolicy("owner-tag"));

    for (int attempt = 0; attempt < 2; attempt++) {
      Reply reply = stand.wire().putPool("kata", Wire.KATA_POOL);
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.text("/error/code")).isEqualTo("RequestDisallowedByPolicy");
      assertThat(reply.text("/error/message")).contains("owner-tag");
    }

    stand.azure().calmsDown();
    assertThat(stand.wire().putPool("kata", Wire.KATA_POOL).status()).isEqualTo(201);
  }

  @Test
  void aMishapMayBeForOnePoolOnly() {
    stand.azure().nextFor("second", Call.PUT_POOL, Mishap.failBeforeEffect(503));

    assertThat(stand.existing("first").status()).isEqualTo(200);
    assertThat(stand.wire().putPool("second", Wire.KATA_POOL).status()).isEqualTo(503);
  }

  @Test
  void theJournalKeepsWhatWasSaidButNoToken() {
    stand.wire().putPool("kata", Wire.KATA_POOL, "If-None-Match", "*");
    stand.wire().get(stand.azure().url() + "/subscriptions/unknown/thing?api-version=1");

    Exchange put = stand.azure().journal().of(Call.PUT_POOL).getFirst();
    assertThat(put.headers())
        .containsEntry("if-none-match", "*")
        .doesNotContainKey("authorization");
    assertThat(put.query()).isEqualTo("api-version=2025-09-01");
    assertThat(put.status()).isEqualTo(201);
    assertThat(stand.azure().journal().putsOf("kata")).containsExactly(Wire.KATA_POOL);
    assertThat(stand.azure().journal().putsOf("other")).isEmpty();
    assertThat(stand.azure().journal().of(Call.OTHER)).hasSize(1);
  }
}
