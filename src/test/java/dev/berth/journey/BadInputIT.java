package dev.berth.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.ControlPlane.Sent;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.Letter;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever lies on the topic ends with a verdict, and the record after it is served. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class BadInputIT {

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final Database database = Stage.DATABASE;

  @TestFactory
  Stream<DynamicTest> isNotTakenAndTheNextRecordIs() {
    return BadInput.all().stream()
        .map(bad ->
            DynamicTest.dynamicTest(
                "%s is %s".formatted(bad, bad.reason()),
                () -> {
                  if (bad.rejected()) {
                    isAnsweredToItsTenant(bad);
                  } else {
                    goesToTheQuarantineAlone(bad);
                  }
                }));
  }

  private void goesToTheQuarantineAlone(BadInput bad) {
    Sent sent = controlPlane.sends(bad.letter().on(3));

    assertQuarantined(sent, bad.reason());
    assertThat(database.verdict(sent)).as("its id stays free for a genuine event").isNull();
    assertThat(database.phase(bad.tenant())).isNull();
    assertThat(database.stepsInTheOutbox(bad.tenant())).isEmpty();

    String next = bad.reason().equals("InvalidTenantId") ? Stage.tenant("next") : bad.tenant();
    assertThat(theNextOnThePartition(sent, next, 1).number("sequence")).isEqualTo(1);
  }

  private void isAnsweredToItsTenant(BadInput bad) {
    Sent sent = controlPlane.sends(bad.letter().on(3));

    assertQuarantined(sent, bad.reason());
    assertThat(database.verdict(sent)).isEqualTo("REJECTED " + bad.reason());
    Message rejected = status.awaitStep(bad.tenant(), "rejected", 0);
    assertThat(rejected.headers())
        .containsEntry("ce_causationid", sent.id())
        .containsEntry("ce_correlationid", sent.id())
        .containsEntry("ce_source", "/berth/local");
    assertThat(rejected.text("phase")).isEqualTo("REJECTED");
    assertThat(rejected.text("reason")).isEqualTo(bad.reason());
    assertThat(rejected.text("message")).isNotBlank();
    assertThat(rejected.data().path("plan").isNull()).isTrue();
    assertThat(rejected.number("sequence")).isEqualTo(1);
    assertThat(database.phase(bad.tenant())).isEqualTo("REJECTED");

    Message accepted = theNextOnThePartition(sent, bad.tenant(), 1);
    assertThat(accepted.number("sequence")).isEqualTo(2);
    assertThat(accepted.text("previousPhase")).isEqualTo("REJECTED");
    assertThat(accepted.text("plan")).isEqualTo("starter@1");
  }

  @Test
  void aLowerGenerationIsStaleAndPublishesNothing() {
    String tenant = Stage.tenant("stale");
    Sent first = controlPlane.creates(tenant, Wish.of("starter").generation(5));
    Sent stale = controlPlane.updates(tenant, Wish.of("team").generation(3));
    Sent equal = controlPlane.updates(tenant, Wish.of("team").generation(5));

    theNextOnThePartition(first, tenant, 6);

    assertThat(database.verdict(stale)).isEqualTo("STALE");
    assertThat(database.verdict(equal)).isEqualTo("STALE");
    assertAccepted(tenant, 5L, 6L);
    assertThat(status.awaitReady(tenant, 6).text("plan")).isEqualTo("starter@1");
    assertNotQuarantined(stale, equal);
    status.assertWholeStory(tenant);
  }

  @Test
  void whatIsKnownExpiredOrForAnotherClusterPublishesNothing() {
    String tenant = Stage.tenant("quiet");
    Letter letter = Letter.event("created.v1", tenant, Wish.of("starter").json());
    Sent first = controlPlane.sends(letter);
    Sent again = controlPlane.sends(letter);
    Sent expired =
        controlPlane.sends(
            Letter.event("updated.v1", tenant, Wish.of("team").generation(2).json())
                .also("ce_expirytime", "2020-01-01T00:00:00Z"));
    Sent elsewhere =
        controlPlane.sends(
            Letter.event(
                "updated.v1",
                tenant,
                Wish.of("team")
                    .generation(3)
                    .json()
                    .replaceFirst("\\{", "{\"cluster\": \"far\", ")));

    theNextOnThePartition(first, tenant, 4);

    assertThat(database.verdict(expired)).isEqualTo("EXPIRED");
    assertThat(database.verdict(elsewhere)).isEqualTo("NOT_OURS");
    assertAccepted(tenant, 1L, 4L);
    assertNotQuarantined(again, expired, elsewhere);
  }

  @Test
  void anIdThatIsUsedAgainForSomethingElseIsRefused() {
    String tenant = Stage.tenant("reuse");
    Letter letter = Letter.event("created.v1", tenant, Wish.of("starter").json());
    Sent first = controlPlane.sends(letter);
    status.awaitStep(tenant, "accepted", 1);
    Letter other = Letter.event("created.v1", tenant, Wish.of("team").generation(2).json());
    Sent reused = controlPlane.sends(other.with("ce_id", first.id()));

    assertQuarantined(reused, "IdReuse");
    assertThat(database.verdict(reused)).as("of the first one").isEqualTo("APPLIED");

    theNextOnThePartition(reused, tenant, 3);
    assertAccepted(tenant, 1L, 3L);
  }

  @Test
  void everyFaultOfTheDataIsNamedAndWithoutThemTheTenantOpens() {
    String tenant = Stage.tenant("faults");
    String data =
        Stage.quoted(
            "{'generation': 0, 'plan': 'starter', 'quota': {}, 'owners': [{'kind': 'Pod', 'name': 'p'}]}");

    Message refused =
        status.awaitRefusal(controlPlane.sends(Letter.event("created.v1", tenant, data)));

    assertThat(refused.data().path("errors").findValuesAsText("pointer"))
        .contains("/generation", "/quota", "/owners/0/kind");

    controlPlane.creates(tenant, Wish.of("starter"));
    status.awaitReady(tenant, 1);
    status.assertWholeStory(tenant);
  }

  @Test
  void whatIsReplayedOnceItsCauseIsGoneOpensItsTenant() {
    String tenant = Stage.tenant("replayed");
    Sent far = controlPlane.creates(tenant, Wish.of("starter").generation(1_500_000));
    assertQuarantined(far, "GenerationGap");
    controlPlane.creates(tenant, Wish.of("starter").generation(600_000));
    status.awaitReady(tenant, 600_000);
    String id =
        given()
            .get("/api/v1/quarantine?state=open&tenant=" + tenant)
            .jsonPath()
            .getString("items[0].id");

    String told =
        given()
            .header("Idempotency-Key", UUID.randomUUID())
            .contentType("application/json")
            .body("{\"reason\": \"the generations between were sent\"}")
            .post("/api/v1/quarantine/%s/replays".formatted(id))
            .jsonPath()
            .getString("message");

    assertThat(told).isEqualTo("APPLIED: as generation 1500000 of " + tenant);
    assertThat(status.awaitReady(tenant, 1_500_000).headers())
        .containsEntry("ce_causationid", far.id());
    assertThat(database.verdict(far)).isEqualTo("APPLIED");
    status.assertWholeStory(tenant);
  }

  private void assertQuarantined(Sent sent, String reason) {
    Message refused = status.awaitRefusal(sent);
    Letter letter = sent.letter();
    assertThat(refused.text("reason")).isEqualTo(reason);
    assertThat(refused.text("message")).isNotBlank();
    assertThat(refused.text("topic")).isEqualTo("tenant.events");
    assertThat(refused.text("sha256")).isEqualTo(sha256(letter.value()));
    assertThat(refused.data().path("claimedId").textValue()).isEqualTo(sent.id());
    assertThat(refused.data().path("claimedType").textValue()).isEqualTo(letter.header("ce_type"));
    assertThat(refused.data().path("claimedSource").textValue())
        .isEqualTo(letter.header("ce_source"));
    String claimed = refused.data().path("claimedTenant").textValue();
    String subject = letter.header("ce_subject");
    assertThat(claimed).isEqualTo(subject.isEmpty() ? null : subject);
    assertThat(refused.key()).isEqualTo(claimed == null ? sha256(letter.value()) : claimed);
    assertThat(refused.headers())
        .containsEntry("ce_type", "dev.berth.record.refused.v1")
        .containsEntry("ce_causationid", sent.id() == null ? sha256(letter.value()) : sent.id());
    assertThat(status.refusals(sent)).hasSize(1);
    assertThat(database.reasonsOfRefusal(sent)).containsExactly(reason);
  }

  /** A good event of the tenant right behind; its step says that it was taken. */
  private Message theNextOnThePartition(Sent before, String tenant, long generation) {
    Letter good =
        Letter.event("created.v1", tenant, Wish.of("starter").generation(generation).json())
            .with("ce_id", UUID.randomUUID().toString());
    Sent sent = controlPlane.sends(good.on(before.partition()));
    Message accepted = status.awaitStep(tenant, "accepted", generation);
    assertThat(accepted.headers()).containsEntry("ce_causationid", sent.id());
    return accepted;
  }

  private void assertAccepted(String tenant, Long... generations) {
    assertThat(status.steps(tenant).stream().filter(step -> step.type().equals("accepted")))
        .extracting(step -> step.number("generation"))
        .containsExactly(generations);
    assertThat(database.stepsInTheOutbox(tenant)).doesNotContain("dev.berth.tenant.rejected.v1");
  }

  private void assertNotQuarantined(Sent... sent) {
    for (Sent each : List.of(sent)) {
      assertThat(status.refusals(each)).isEmpty();
      assertThat(database.reasonsOfRefusal(each)).isEmpty();
    }
  }

  private static String sha256(byte[] value) {
    try {
      byte[] bytes = value == null ? new byte[0] : value;
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
