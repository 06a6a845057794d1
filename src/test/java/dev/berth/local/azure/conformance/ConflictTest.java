package dev.berth.local.azure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.azure.conformance.Wire.Reply;
import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writers that get in each other's way. */
class ConflictTest {
  @RegisterExtension final Stand stand = new Stand();

  @Test
  void anotherPoolHasToWaitAndIsToldForWhat() {
    stand.wire().putPool("first", Wire.KATA_POOL);

    Reply refused = stand.wire().putPool("second", Wire.KATA_POOL);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/code")).isEqualTo("OperationNotAllowed");
    assertThat(refused.text("/message")).contains("Another agentpool operation (first - Creating)");
    assertThat(stand.wire().deletePool("system").code()).isEqualTo("BadRequest");
    stand.clock().goesOn(Stand.OPERATION);
    assertThat(stand.wire().putPool("second", Wire.KATA_POOL).status()).isEqualTo(201);
  }

  @Test
  void theSamePoolHasToWaitToo() {
    stand.wire().putPool("kata", Wire.KATA_POOL);

    Reply refused = stand.wire().putPool("kata", Wire.KATA_POOL);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/message")).contains("Another operation (Creating) is in progress");
  }

  @Test
  void ofManyWritersAtOnceOneIsTaken() {
    List<Integer> answers =
        IntStream.range(0, 10)
            .parallel()
            .mapToObj(writer -> stand.wire().putPool("kata", Wire.KATA_POOL).status())
            .toList();

    assertThat(answers).containsOnlyOnce(201).hasSize(10);
    assertThat(answers).filteredOn(status -> status == 409).hasSize(9);
  }

  @Test
  void aDeletionThatHasToWaitOvertakesNothing() {
    Reply creation = stand.wire().putPool("kata", Wire.KATA_POOL);
    stand.azure().busyFor(Duration.ofMinutes(10));

    assertThat(stand.wire().deletePool("kata").status()).isEqualTo(409);

    assertThat(stand.poll(creation).text("/status")).isEqualTo("InProgress");
  }

  @Test
  void aksIsBusyWithItselfForAWhile() {
    stand.existing("kata");
    stand.azure().busyFor(Duration.ofMinutes(10));

    Reply refused = stand.wire().deletePool("kata");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/message"))
        .contains("Another operation (PutExtensionAddonHandler.PUT) is in progress");
    assertThat(cluster().text("/properties/provisioningState")).isEqualTo("Updating");
    stand.clock().goesOn(Duration.ofMinutes(10));
    assertThat(cluster().text("/properties/provisioningState")).isEqualTo("Succeeded");
    assertThat(stand.wire().deletePool("kata").status()).isEqualTo(202);
  }

  @Test
  void aTagThatIsNoLongerTheOneIsAConflict() {
    String tag = stand.existing("kata").text("/properties/eTag");
    stand.azure().portal().scales("kata", 2);

    Reply refused = stand.wire().putPool("kata", Wire.KATA_POOL, "If-Match", tag);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/code")).isEqualTo("EtagMismatch");
    assertThat(refused.text("/message")).contains("Another operation is in progress");
    assertThat(refused.text("/details/0/message")).contains("Etag mismatched");
    assertThat(stand.wire().deletePool("kata", "if-match", tag).status()).isEqualTo(409);
  }

  @Test
  void theTagThatIsTheOneIsWrittenOver() {
    String tag = stand.existing("kata").text("/properties/eTag");

    assertThat(stand.wire().putPool("kata", Wire.KATA_POOL, "IF-MATCH", tag).status())
        .isEqualTo(200);
  }

  @Test
  void aTagForWhatIsMissingFails() {
    Reply refused = stand.wire().putPool("kata", Wire.KATA_POOL, "If-Match", "some-tag");

    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.text("/code")).isEqualTo("PreconditionFailed");
    assertThat(refused.text("/message"))
        .isEqualTo("Resource not found but ETag header is provided");
  }

  @Test
  void whatExistsIsNotCreated() {
    stand.existing("kata");

    Reply refused = stand.wire().putPool("kata", Wire.KATA_POOL, "If-None-Match", "*");

    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.text("/code")).isEqualTo("PreconditionFailed");
  }

  @Test
  void aMismatchMayComeOutOfNowhere() {
    stand.azure().next(Call.PUT_POOL, Mishap.etagMismatch());

    assertThat(stand.wire().putPool("kata", Wire.KATA_POOL).code()).isEqualTo("EtagMismatch");
    assertThat(stand.wire().putPool("kata", Wire.KATA_POOL).status()).isEqualTo(201);
  }

  private Reply cluster() {
    return stand.wire().get(Wire.versioned(stand.azure().clusterUrl()));
  }
}
