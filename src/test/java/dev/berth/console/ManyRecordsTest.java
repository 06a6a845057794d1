package dev.berth.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiWithIntake;
import dev.berth.api.stage.Caller;
import dev.berth.console.stage.Html;
import dev.berth.console.stage.Letterbox;
import dev.berth.provisioning.intake.Intake;
import dev.berth.store.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people do to all records that a filter finds, and what a record held. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiWithIntake.class)
class ManyRecordsTest {

  private final Intake intake;
  private final DataSource database;
  private final String tenant = "m" + UUID.randomUUID().toString().substring(0, 8);
  private final String list = "/quarantine?state=open&tenant=" + tenant;

  ManyRecordsTest(Intake intake, DataSource database) {
    this.intake = intake;
    this.database = database;
  }

  @Test
  void whatWouldComeOfEachIsShownAndNothingIsDone() throws SQLException {
    refuse("made-up.v1\u202e<b>", "other.v1");

    String page = page(address("replay"));

    assertThat(page)
        .contains(
            "REFUSED 2",
            "2 records, and none that comes later",
            "until=",
            "\ufffd&lt;b&gt;",
            "Replay all that the filter finds")
        .doesNotContain("<b>", "\u202e");
    assertThat(open()).isEqualTo("2");
    assertThat(done("replay")).isEqualTo("0");
  }

  @Test
  void allThatTheFilterFindsAreDiscardedOnceAndNoOthers() throws SQLException {
    refuse("made-up.v1", "other.v1");
    String others = open("claimed_tenant <> '" + tenant + "'");
    String page = page(address("discard"));

    Response sent = confirmed(page, "nobody wants them").post(address("discard"));
    Response again = confirmed(page, "nobody wants them").post(address("discard"));

    assertThat(sent.statusCode()).as(sent.asString()).isEqualTo(303);
    assertThat(again.header("Location")).isEqualTo(sent.header("Location"));
    assertThat(open()).isEqualTo("0");
    assertThat(open("claimed_tenant <> '" + tenant + "'")).isEqualTo(others);
    assertThat(done("discard")).isEqualTo("1");
    String outcome = page(sent.header("Location").replaceFirst("^http://[^/]+", ""));
    assertThat(outcome).contains("DISCARDED 2; 0 are left", "nobody wants them", "DONE");
    assertThat(Html.links(outcome)).contains("/quarantine?state=open&tenant=" + tenant);
  }

  @Test
  void whatIsReplayedAndRefusedAgainStaysOpen() throws SQLException {
    refuse("made-up.v1");
    Response sent = confirmed(page(address("replay")), "is it known now").post(address("replay"));
    assertThat(sent.statusCode()).as(sent.asString()).isEqualTo(303);
    assertThat(open()).isEqualTo("1");
    assertThat(done("replay")).isEqualTo("1");
  }

  @Test
  void withoutConfirmationNothingIsDone() throws SQLException {
    refuse("made-up.v1");
    Response sent =
        Letterbox.form("berth-operator", page(address("discard")), "a slip")
            .post(address("discard"));
    assertThat(Html.assertPage(sent, 400)).contains("confirmed must be ticked");
    assertThat(open()).isEqualTo("1");
  }

  @Test
  void viewersAreNotOfferedItAndMayNotEvenTry() throws SQLException {
    refuse("made-up.v1");
    String page = page(address("discard"));
    assertThat(page(list)).contains("/quarantine/all/discard?tenant=" + tenant);
    Response seen = Caller.viewer().accept("text/html").get(list);
    assertThat(Html.assertPage(seen, 200)).contains(tenant).doesNotContain("/quarantine/all/");

    assertThat(Caller.viewer().accept("text/html").get(address("discard")).statusCode())
        .isEqualTo(403);
    Response sent =
        Letterbox.form("berth-viewer", page, "mine")
            .formParam("confirmed", "yes")
            .post(address("discard"));
    assertThat(sent.statusCode()).isEqualTo(403);
    assertThat(open()).isEqualTo("1");
  }

  @Test
  void recordsThatAreSettledAreNotOffered() {
    assertThat(page("/quarantine?state=discarded")).doesNotContain("/quarantine/all/");
  }

  @Test
  void aFilterThatIsWrongIsNamedAndAnotherActionIsNotThere() {
    assertThat(Html.assertPage(get("/quarantine/all/replay?state=open"), 400)).contains("state");
    Html.assertPage(get("/quarantine/all/freeze"), 404);
    Html.assertPage(get("/quarantine/done/" + UUID.randomUUID()), 404);
    Html.assertPage(get("/quarantine/done/none"), 404);
    assertThat(page("/quarantine/all/replay?tenant=nobody-at-all")).contains("No open record is");
  }

  @Test
  void whatARecordHeldIsAFileForOperatorsAndWhoTookItIsKept() throws SQLException {
    refuse("made-up.v1");
    String record =
        Html.links(page(list)).stream()
            .filter(link -> link.matches("/quarantine/[0-9a-f-]{36}"))
            .findFirst()
            .orElseThrow();
    String id = record.replaceFirst(".*/", "");
    String reads = "SELECT count(*) FROM action WHERE kind = 'look' AND record = '" + id + "'";
    assertThat(page(record)).contains("2 bytes", "action=\"" + record + "/payload\"");

    assertThat(Letterbox.sent("berth-viewer", "same-origin").post(record + "/payload").statusCode())
        .isEqualTo(403);
    assertThat(
            Letterbox.sent("berth-operator", "cross-site").post(record + "/payload").statusCode())
        .isEqualTo(403);
    assertThat(Sql.one(database, reads)).isEqualTo("0");

    Response file = Letterbox.sent("berth-operator", "same-origin").post(record + "/payload");
    assertThat(file.statusCode()).as(file.asString()).isEqualTo(200);
    assertThat(file.asString()).isEqualTo("{}");
    assertThat(file.contentType()).isEqualTo("application/octet-stream");
    assertThat(file.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"" + id + ".bin\"");
    assertThat(Sql.one(database, reads)).isEqualTo("1");
    assertThat(get(record + "/payload").header("Location")).endsWith(record);
  }

  private void refuse(String... types) {
    for (String type : types) {
      Letterbox.refused(intake, tenant, type);
    }
  }

  private String address(String kind) {
    return "/quarantine/all/" + kind + "?tenant=" + tenant;
  }

  private String open() throws SQLException {
    return open("claimed_tenant = '" + tenant + "'");
  }

  private String open(String which) throws SQLException {
    return Sql.one(database, "SELECT count(*) FROM refused WHERE state = 'open' AND " + which);
  }

  /** Actions on many records of this test's filter. */
  private String done(String kind) throws SQLException {
    return Sql.one(
        database,
        "SELECT count(*) FROM action WHERE kind = '%s' AND record IS NULL AND before::text LIKE '%%%s%%'"
            .formatted(kind, tenant));
  }

  private static RequestSpecification confirmed(String page, String reason) {
    return Letterbox.form("berth-operator", page, reason).formParam("confirmed", "yes");
  }

  private static String page(String path) {
    return Html.assertPage(get(path), 200);
  }

  private static Response get(String path) {
    return Caller.of("berth-operator").accept("text/html").redirects().follow(false).get(path);
  }
}
