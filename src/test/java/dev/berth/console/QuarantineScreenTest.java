package dev.berth.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiWithIntake;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.OpenApi;
import dev.berth.console.stage.Html;
import dev.berth.console.stage.Letterbox;
import dev.berth.provisioning.intake.Intake;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that were not taken, as people find and decide them. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiWithIntake.class)
class QuarantineScreenTest {

  private final Intake intake;
  private final String tenant = "q" + UUID.randomUUID().toString().substring(0, 8);

  QuarantineScreenTest(Intake intake) {
    this.intake = intake;
  }

  @Test
  void aRecordIsFoundTriedAndDiscardedWithAReason() {
    String record = refused("created.v1\u202e<b>");

    String page = page(record);
    assertThat(page)
        .contains("OPEN", "A replay now, tried without effect: <strong>", "\ufffd&lt;b&gt;")
        .doesNotContain("<b>", "\u202e");
    Response sent = send(record + "/discard", page, "nobody needs it");

    assertThat(sent.statusCode()).as(sent.asString()).isEqualTo(303);
    assertThat(page(record)).contains("DISCARDED").doesNotContain("<form class=\"act\"");
    assertThat(page("/quarantine?state=open&tenant=" + tenant)).contains("No record is as");
  }

  @Test
  void whatCannotBeTakenStaysOpenAfterAReplay() {
    String record = refused("made-up.v1");
    assertThat(send(record + "/replay", page(record), "is it known now").statusCode()).isIn(303);
    assertThat(page(record)).contains("OPEN", "REFUSED");
  }

  @Test
  void whatIsOpenNeedsAPersonOnTheFirstPage() {
    refused("made-up.v1");

    assertThat(page("/"))
        .contains("Records that were not taken", "href=\"/quarantine?reason=UnknownType\"")
        .contains("<strong>For the control plane team:</strong> Use a type of the contract");
    Response fleet = Caller.of("berth-viewer").get("/api/v1/fleet");
    OpenApi.served().assertValid("Fleet", fleet);
    assertThat(fleet.jsonPath().getInt("quarantine.find { it.reason == 'UnknownType' }.records"))
        .isPositive();
  }

  @Test
  void viewersDecideNothing() {
    String record = refused("made-up.v1");
    String page = page(record);
    Response sent = Letterbox.form("berth-viewer", page, "mine").post(record + "/discard");
    assertThat(sent.statusCode()).isEqualTo(403);
    assertThat(page(record)).contains("OPEN");
    Response seen = Caller.of("berth-viewer").accept("text/html").get(record);
    assertThat(Html.assertPage(seen, 200))
        .contains("made-up.v1")
        .doesNotContain("<form class=\"act\"", "A replay now");
  }

  @Test
  void whoeverSignedInOnTheWayToAFormFindsTheRecord() {
    String record = refused("made-up.v1");
    for (String form : List.of("/replay", "/discard")) {
      Response back =
          Caller.of("berth-operator")
              .accept("text/html")
              .redirects()
              .follow(false)
              .get(record + form);
      assertThat(back.statusCode()).isEqualTo(303);
      assertThat(back.header("Location")).endsWith(record);
    }
    assertThat(page(record)).contains("OPEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u6f22", "\u0436"})
  void aReasonIsTakenInAnyScript(String letter) {
    String record = refused("made-up.v1");
    Response sent = send(record + "/discard", page(record), letter.repeat(500));
    assertThat(sent.statusCode()).as(sent.asString()).isEqualTo(303);
    assertThat(page(record)).contains("DISCARDED");
  }

  @Test
  void aReasonBeyondAnyMeasureIsRefused() {
    String record = refused("made-up.v1");
    Response sent = send(record + "/discard", page(record), "x".repeat(20_000));
    assertThat(Html.assertPage(sent, 413)).contains("too long");
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(get("/quarantine/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    assertThat(Html.assertPage(get("/quarantine?state=lost"), 400)).contains("state must be open");
  }

  /** The address of its page. */
  private String refused(String type) {
    Letterbox.refused(intake, tenant, type);
    return Html.links(page("/quarantine?state=open&tenant=" + tenant)).stream()
        .filter(link -> link.startsWith("/quarantine/"))
        .findFirst()
        .orElseThrow();
  }

  private static String page(String path) {
    return Html.assertPage(get(path), 200);
  }

  private static Response get(String path) {
    return Caller.of("berth-operator").accept("text/html").get(path);
  }

  private static Response send(String path, String page, String reason) {
    return Letterbox.form("berth-operator", page, reason).post(path);
  }
}
