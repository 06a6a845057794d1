package dev.berth.api.actions;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static dev.berth.api.stage.ProblemAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.OpenApi;
import dev.berth.api.stage.Samples;
import dev.berth.store.actions.Actions;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How every action is asked for, and what a call must not do. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class ActionCallsTest {

  private static final String LOOK = "{\"kind\":\"look\",\"reason\":\"it seems stale\"}";
  private static final String OPERATOR = "berth-operator";

  private final Tenants tenants;
  private final Actions actions;
  private final String id = "a" + UUID.randomUUID().toString().substring(0, 8);
  private final String path = "/api/v1/tenants/" + id + "/actions";

  ActionCallsTest(Tenants tenants, Actions actions) {
    this.tenants = tenants;
    this.actions = actions;
  }

  @BeforeEach
  void aTenant() {
    store(Samples.ready(id, new PlanVersion("team", 2)));
  }

  @Test
  void anActionIsTakenAndKept() {
    Response taken = Caller.acting(OPERATOR, LOOK).post(path);

    assertThat(taken.statusCode()).as(taken.asString()).isEqualTo(202);
    OpenApi.served().assertValid("Action", taken);
    Response kept = Caller.viewer().get(taken.header("Location").replaceFirst(".*(?=/api)", ""));
    assertThat(kept.asString()).isEqualTo(taken.asString());
    assertThat(kept.jsonPath().getMap(""))
        .containsEntry("kind", "look")
        .containsEntry("tenantId", id)
        .containsEntry("who", "alice")
        .containsEntry("why", "it seems stale")
        .containsEntry("state", "PENDING");
    assertThat(kept.jsonPath().getString("before.phase")).isEqualTo("READY");
  }

  @Test
  void theActionsOnATenantAreListedNewestFirstInPages() {
    List<String> ids =
        IntStream.range(0, 3)
            .mapToObj(i -> Caller.acting(OPERATOR, LOOK).post(path).jsonPath().getString("id"))
            .toList();

    Response first = Caller.viewer().get(path + "?limit=2");
    String cursor = first.jsonPath().getString("nextCursor");
    Response second = Caller.viewer().get(path + "?limit=2&cursor=" + cursor);

    OpenApi.served().assertValid("ActionPage", first);
    assertThat(first.jsonPath().getList("items.id")).containsExactly(ids.get(2), ids.get(1));
    assertThat(second.jsonPath().getList("items.id")).containsExactly(ids.get(0));
    assertThat(second.jsonPath().getString("nextCursor")).isNull();
    assertRefused(Caller.viewer().get(path + "?cursor=x"), "cursor");
  }

  @Test
  void aRepeatIsAnsweredAgainAndDoesNothing() {
    String key = UUID.randomUUID().toString();
    Response first = with(OPERATOR, key, LOOK);

    Response second = with(OPERATOR, key, LOOK);

    assertThat(second.statusCode()).isEqualTo(202);
    assertThat(second.asString()).isEqualTo(first.asString());
    assertThat(count()).isEqualTo(1);
    assertProblem(with(OPERATOR, key, LOOK.replace("stale", "odd")), 422, "KeyReuse");
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void aCallThatIsUnderWayIsNotTakenTwice() {
    String key = UUID.randomUUID().toString();
    QuarkusTransaction.requiringNew()
        .run(() -> {
          assertThat(actions.lock("alice", key)).isTrue();
          assertProblem(with(OPERATOR, key, LOOK), 409, "ActionUnderWay");
        });
    assertThat(count()).isZero();
    assertThat(with(OPERATOR, key, LOOK).statusCode()).isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "kind | {\"reason\":\"r\"}",
        "kind | {\"kind\":\"explode\",\"reason\":\"r\"}",
        "kind | {\"kind\":7,\"reason\":\"r\"}",
        "reason | {\"kind\":\"look\"}",
        "reason | {\"kind\":\"look\",\"reason\":\"  \"}",
        "reason | {\"kind\":\"look\",\"reason\":null}",
        "reason | {\"kind\":\"look\",\"reason\":\"a\\u0007b\"}",
        "force | {\"kind\":\"look\",\"reason\":\"r\",\"force\":\"yes\"}",
        "Idempotency-Key | {\"kind\":\"look\",\"reason\":\"r\",\"Idempotency-Key\":\"k\"}"
      })
  void whatIsWrongWithTheBodyIsNamed(String member, String body) {
    assertRefused(Caller.acting(OPERATOR, body).post(path), member);
    assertThat(count()).isZero();
  }

  @Test
  void aReasonHasABoundAndAKeyMustBeThere() {
    String longest = "{\"kind\":\"look\",\"reason\":\"%s\"}";
    assertThat(Caller.acting(OPERATOR, longest.formatted("x".repeat(500))).post(path).statusCode())
        .isEqualTo(202);
    assertRefused(Caller.acting(OPERATOR, longest.formatted("x".repeat(501))).post(path), "reason");
    Response keyless = Caller.of(OPERATOR).contentType("application/json").body(LOOK).post(path);
    assertRefused(keyless, "Idempotency-Key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "\"look\"",
        "{",
        "{\"kind\":\"look\",\"kind\":\"look\",\"reason\":\"r\"}"
      })
  void whatIsNotOneObjectIsNotRead(String body) {
    assertProblem(Caller.acting(OPERATOR, body).post(path), 400, "InvalidRequest");
  }

  @Test
  void anotherContentTypeIsNotRead() {
    assertProblem(
        Caller.acting(OPERATOR, LOOK).contentType("text/plain").post(path),
        415,
        "UnsupportedMediaType");
    assertThat(count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {70_000, 10_000_000})
  void aHugeBodyIsNotRead(int size) {
    assertProblem(Caller.acting(OPERATOR, " ".repeat(size) + LOOK).post(path), 413, "TooLarge");
    assertThat(count()).isZero();
  }

  @Test
  void aStaleViewOfTheTenantChangesNothing() {
    assertProblem(
        Caller.acting(OPERATOR, LOOK).header("If-Match", "\"1.99.1\"").post(path),
        412,
        "PreconditionFailed");
    assertThat(count()).isZero();
    Tenant now = tenants.find(new TenantId(id)).orElseThrow();
    String tag = "\"%d.%d.%d\"".formatted(1, now.status().sequence(), now.revision());
    assertThat(Caller.acting(OPERATOR, LOOK).header("If-Match", tag).post(path).statusCode())
        .isEqualTo(202);
  }

  @Test
  void whoOnlyReadsMayNotAct() {
    Response denied = Caller.acting("berth-viewer", LOOK).post(path);
    assertProblem(denied, 403, "Forbidden");
    assertThat(denied.asString()).contains("berth-operator");
    assertThat(Caller.acting("berth-admin", LOOK).post(path).statusCode()).isEqualTo(202);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void aPageOfAnotherOriginMayNotActEvenWithAToken() {
    assertProblem(
        Caller.acting(OPERATOR, LOOK).header("Origin", "https://evil.example").post(path),
        403,
        "Forbidden");
    assertThat(count()).isZero();
  }

  @Test
  void nothingIsDoneToATenantThatIsNotThereOrGone() {
    store(Samples.rejected(id + "-r"));
    assertProblem(
        Caller.acting(OPERATOR, LOOK).post("/api/v1/tenants/nobody/actions"), 404, "NotFound");
    assertProblem(Caller.viewer().get("/api/v1/tenants/nobody/actions"), 404, "NotFound");
    assertProblem(
        Caller.acting(OPERATOR, LOOK).post("/api/v1/tenants/" + id + "-r/actions"),
        409,
        "ActionNotPossible");
    assertProblem(Caller.viewer().get("/api/v1/actions/" + UUID.randomUUID()), 404, "NotFound");
    assertProblem(Caller.viewer().get("/api/v1/actions/x"), 404, "NotFound");
  }

  private Response with(String role, String key, String body) {
    return Caller.of(role)
        .header("Idempotency-Key", key)
        .contentType("application/json")
        .body(body)
        .post(path);
  }

  private int count() {
    return actions.of(new TenantId(id), Long.MAX_VALUE, 9).size();
  }

  private void store(Tenant tenant) {
    QuarkusTransaction.requiringNew().run(() -> tenants.save(tenant));
  }
}
