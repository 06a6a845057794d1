package dev.berth.api.quarantine;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static dev.berth.api.stage.ProblemAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiWithIntake;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.OpenApi;
import dev.berth.event.Records;
import dev.berth.provisioning.intake.Intake;
import dev.berth.store.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What operators do about records that were not taken, as they call for it. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiWithIntake.class)
class RedriveCallsTest {

  private static final String QUARANTINE = "/api/v1/quarantine";
  private static final String WHY = "{\"reason\":\"the limit is raised\"}";
  private static final String OPERATOR = "berth-operator";
  private static final AtomicLong OFFSET = new AtomicLong(700_000);

  private final Intake intake;
  private final DataSource database;
  private final String tenant = "r" + UUID.randomUUID().toString().substring(0, 8);

  RedriveCallsTest(Intake intake, DataSource database) {
    this.intake = intake;
    this.database = database;
  }

  @Test
  void aRecordIsReplayedByAnActionThatIsKeptAndShown() throws Exception {
    String id = rejected(3_000_000);
    Response dry = dryRun("/" + id + "/replays?dryRun=true");
    OpenApi.served().assertValid("RedriveResult", dry);
    assertThat(dry.jsonPath().getMap(""))
        .containsEntry("result", "REJECTED")
        .containsEntry("reason", "GenerationGap")
        .containsEntry("state", "open");

    take(900_000L);
    take(1_800_000L);
    take(2_500_000L);
    assertThat(dryRun("/" + id + "/replays?dryRun=true").jsonPath().getString("message"))
        .isEqualTo("as generation 3000000 of %s (now 2500000)".formatted(tenant));
    Response done = Caller.acting(OPERATOR, WHY).post(path(id, "replays"));

    assertThat(done.statusCode()).as(done.asString()).isEqualTo(202);
    OpenApi.served().assertValid("Action", done);
    assertThat(done.jsonPath().getMap(""))
        .containsEntry("kind", "replay")
        .containsEntry("record", id)
        .containsEntry("who", "alice")
        .containsEntry("why", "the limit is raised")
        .containsEntry("state", "DONE")
        .containsEntry("message", "APPLIED: as generation 3000000 of " + tenant)
        .containsEntry("before", picture("open", null, "GenerationGap"))
        .containsEntry("after", picture("replayed", "APPLIED", null));
    Response shown = Caller.viewer().get(QUARANTINE + "/" + id);
    OpenApi.served().assertValid("QuarantinedRecord", shown);
    assertThat(shown.jsonPath().getMap(""))
        .containsEntry("state", "replayed")
        .containsEntry("result", "APPLIED")
        .containsEntry("action", done.jsonPath().getString("id"));
    assertThat(shown.jsonPath().getString("by.why")).isEqualTo("the limit is raised");
    assertThat(Caller.viewer().get("/api/v1/tenants/" + tenant).jsonPath().getLong("generation"))
        .isEqualTo(3_000_000);
  }

  @Test
  void aCallThatIsRepeatedDoesNothingAndASettledRecordIsNotPossible() throws Exception {
    String id = rejected(3_000_000);
    UUID key = UUID.randomUUID();
    Response first = discard(id, key, WHY);
    Response again = discard(id, key, WHY);

    assertThat(again.asString()).isEqualTo(first.asString());
    assertThat(first.jsonPath().getString("after.state")).isEqualTo("discarded");
    assertProblem(discard(id, key, "{\"reason\":\"another\"}"), 422, "KeyReuse");
    assertProblem(act(path(id, "replays"), key, WHY), 422, "KeyReuse");
    assertThat(
            assertProblem(
                    Caller.acting(OPERATOR, WHY).post(path(id, "replays")),
                    409,
                    "ActionNotPossible")
                .getString("detail"))
        .isEqualTo("Record %s: it was discarded before.".formatted(id));
    assertProblem(
        Caller.acting(OPERATOR, WHY).post(path(UUID.randomUUID().toString(), "discards")),
        404,
        "NotFound");
    assertProblem(dryRun("/" + UUID.randomUUID() + "/replays?dryRun=true"), 404, "NotFound");
    assertThat(count("action WHERE record = '%s'".formatted(id))).isEqualTo("1");
  }

  @Test
  void whatAFilterFindsIsTakenCareOfByOneAction() throws Exception {
    rejected(3_000_000);
    rejected(4_000_000);
    String filter = "?tenant=" + tenant;

    Response dry = dryRun("/replays" + filter + "&dryRun=true");
    OpenApi.served().assertValid("RedriveForecast", dry);
    assertThat(dry.jsonPath().getMap("results")).isEqualTo(Map.of("REJECTED", 2));
    Response replayed = Caller.acting(OPERATOR, WHY).post(QUARANTINE + "/replays" + filter);
    Response discarded = Caller.acting(OPERATOR, WHY).post(QUARANTINE + "/discards" + filter);
    Response nothing = Caller.acting(OPERATOR, WHY).post(QUARANTINE + "/discards" + filter);

    OpenApi.served().assertValid("Action", replayed);
    assertThat(replayed.jsonPath().getMap("after.results")).isEqualTo(Map.of("REJECTED", 2));
    assertThat(replayed.jsonPath().getString("message")).isEqualTo("REJECTED 2; 0 are left");
    assertThat(discarded.jsonPath().getMap("after.results")).isEqualTo(Map.of("DISCARDED", 2));
    assertThat(discarded.jsonPath().getMap(""))
        .containsEntry("state", "DONE")
        .containsEntry("record", null);
    assertThat(nothing.jsonPath().getString("message")).isEqualTo("no record was open; 0 are left");
  }

  @Test
  void whatCameAfterTheDryRunIsLeft() throws Exception {
    rejected(3_000_000);
    String filter = "?tenant=" + tenant;
    String asOf = dryRun("/discards" + filter + "&dryRun=true").jsonPath().getString("asOf");
    rejected(4_000_000);

    Response discarded =
        Caller.acting(OPERATOR, WHY).post(QUARANTINE + "/discards" + filter + "&until=" + asOf);

    assertThat(discarded.jsonPath().getString("message")).isEqualTo("DISCARDED 1; 0 are left");
    assertThat(dryRun("/discards" + filter + "&dryRun=true").jsonPath().getList("items"))
        .hasSize(1);
  }

  @Test
  void theSameKeyForAnotherFilterIsRefused() throws Exception {
    rejected(3_000_000);
    UUID key = UUID.randomUUID();
    Response first = discardAll(key, "?tenant=" + tenant);
    assertThat(discardAll(key, "?tenant=" + tenant).asString()).isEqualTo(first.asString());
    assertProblem(discardAll(key, "?tenant=other"), 422, "KeyReuse");
  }

  @Test
  void viewersReadAndOnlyOperatorsActOrSeeTheContent() throws Exception {
    String id = rejected(3_000_000);
    assertThat(Caller.viewer().get(QUARANTINE + "/" + id).statusCode()).isEqualTo(200);
    for (String way :
        new String[] {"/replays", "/discards", "/" + id + "/replays", "/" + id + "/discards"}) {
      assertProblem(Caller.acting("berth-viewer", WHY).post(QUARANTINE + way), 403, "Forbidden");
      assertProblem(
          Caller.acting("berth-viewer", WHY).post(QUARANTINE + way + "?dryRun=true"),
          403,
          "Forbidden");
    }
    assertProblem(Caller.viewer().get(QUARANTINE + "/" + id + "/payload"), 403, "Forbidden");
    assertThat(count("action WHERE record = '%s'".formatted(id))).isEqualTo("0");
  }

  @Test
  void whoReadTheContentIsKept() throws Exception {
    String id = rejected(3_000_000);

    Response payload = Caller.of("berth-admin").get(QUARANTINE + "/" + id + "/payload");

    assertThat(payload.statusCode()).as(payload.asString()).isEqualTo(200);
    assertThat(payload.asByteArray()).isEqualTo(data(3_000_000).getBytes());
    assertThat(payload.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(payload.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"%s.bin\"".formatted(id));
    assertThat(payload.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(
            Sql.one(
                database,
                "SELECT concat_ws(' ', kind, who, state, why) FROM action WHERE record = '%s'"
                    .formatted(id)))
        .isEqualTo("look alice DONE its payload was read");
    assertThat(Caller.viewer().get(QUARANTINE + "/" + id).jsonPath().getString("state"))
        .isEqualTo("open");
  }

  @Test
  void aCallWithoutReasonOrKeyOrWithMoreThanIsKnownIsRefused() throws Exception {
    String id = rejected(3_000_000);
    assertRefused(Caller.acting(OPERATOR, "{}").post(path(id, "replays")), "reason");
    assertRefused(
        Caller.of(OPERATOR).contentType("application/json").body(WHY).post(path(id, "discards")),
        "Idempotency-Key");
    assertRefused(Caller.acting(OPERATOR, WHY).post(path(id, "replays?dryRun=1")), "dryRun");
    assertRefused(Caller.acting(OPERATOR, WHY).post(QUARANTINE + "/replays?state=open"), "state");
    assertRefused(Caller.acting(OPERATOR, WHY).post(QUARANTINE + "/replays?cursor=x"), "cursor");
  }

  /** As a crash between the action and its last record leaves it. */
  @Test
  void anActionThatWasInterruptedIsGoneOnWith() throws Exception {
    rejected(3_000_000);
    UUID key = UUID.randomUUID();
    String action = discardAll(key, "?tenant=" + tenant).jsonPath().getString("id");
    Sql.run(
        database,
        "UPDATE refused SET state = 'open', action = NULL, refused_at = now() - interval '2 hours' WHERE claimed_tenant = '%s'"
            .formatted(tenant));
    // Last, as Berth goes on with it by itself too.
    Sql.run(
        database,
        "UPDATE action SET state = 'PENDING', after = NULL, done_at = NULL, at = now() - interval '1 hour' WHERE id = '%s'"
            .formatted(action));

    Response again = discardAll(key, "?tenant=" + tenant);

    assertThat(again.jsonPath().getString("id")).isEqualTo(action);
    assertThat(again.jsonPath().getMap("after.results")).isEqualTo(Map.of("DISCARDED", 1));
  }

  /** It needs neither body nor key. */
  private static Response dryRun(String rest) {
    return Caller.of(OPERATOR).contentType("application/json").post(QUARANTINE + rest);
  }

  private Response discard(String id, UUID key, String body) {
    return act(path(id, "discards"), key, body);
  }

  private static Response act(String path, UUID key, String body) {
    return Caller.of(OPERATOR)
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(body)
        .post(path);
  }

  private Response discardAll(UUID key, String filter) {
    return Caller.of(OPERATOR)
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(WHY)
        .post(QUARANTINE + "/discards" + filter);
  }

  private static Map<String, Object> picture(String state, String result, String reason) {
    Map<String, Object> picture = new java.util.HashMap<>();
    picture.put("state", state);
    if (result != null) {
      picture.put("result", result);
    }
    if (reason != null) {
      picture.put("reason", reason);
    }
    return picture;
  }

  private String rejected(long generation) throws Exception {
    take(generation);
    return Sql.one(
        database,
        "SELECT id FROM refused WHERE claimed_tenant = '%s' ORDER BY \"offset\" DESC LIMIT 1"
            .formatted(tenant));
  }

  private void take(long generation) {
    intake.take(
        Records.of(tenant, Records.CREATED, data(generation))
            .set("ce_id", tenant + generation)
            .rawAt(OFFSET.incrementAndGet()));
  }

  private static String data(long generation) {
    return "{\"generation\": %d, \"plan\": \"starter\", \"owners\": [{\"kind\": \"Group\", \"name\": \"g\"}]}"
        .formatted(generation);
  }

  private String count(String from) throws Exception {
    return Sql.one(database, "SELECT count(*) FROM " + from);
  }

  private static String path(String id, String rest) {
    return QUARANTINE + "/" + id + "/" + rest;
  }
}
