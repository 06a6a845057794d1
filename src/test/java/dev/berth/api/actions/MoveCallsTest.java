package dev.berth.api.actions;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.OpenApi;
import dev.berth.api.stage.Samples;
import dev.berth.api.tenants.TenantTag;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Desired.Move;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a move is asked for, by whom, and of which tenants. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class MoveCallsTest {

  private static final PlanVersion TEAM = new PlanVersion("team", 2);
  private static final String ADMIN = "berth-admin";

  private final Tenants tenants;
  private final String id = "m" + UUID.randomUUID().toString().substring(0, 8);

  MoveCallsTest(Tenants tenants) {
    this.tenants = tenants;
  }

  @BeforeEach
  void aTenant() {
    store(Samples.ready(id, TEAM));
  }

  @Test
  void aMoveIsAnOrderOnTheTenantAndExplained() {
    long before = now().revision();

    Response taken = move("kata-large").header("If-Match", tag()).post(path());

    assertThat(taken.statusCode()).as(taken.asString()).isEqualTo(202);
    OpenApi.served().assertValid("Action", taken);
    assertThat(taken.jsonPath().getString("state")).isEqualTo("PENDING");
    assertThat(taken.jsonPath().getString("message")).endsWith("RuntimeClass kata-large");
    Move order = now().orders().move();
    assertThat(order.to().name()).isEqualTo("kata-large");
    assertThat(order.who()).isEqualTo("alice");
    assertThat(order.action()).hasToString(taken.jsonPath().getString("id"));
    assertThat(now().revision()).isEqualTo(before + 1);
    assertThat(
            Caller.viewer()
                .get("/api/v1/tenants/" + id + "/explain")
                .jsonPath()
                .getList("sentences", String.class))
        .anyMatch(it -> it.contains("alice moved it to RuntimeClass kata-large"));
  }

  @Test
  void aRepeatIsTheSameMoveAndAnotherClassUnderTheSameKeyIsRefused() {
    String key = UUID.randomUUID().toString();
    String seen = tag();
    String first = keyed("kata-large", key, seen).jsonPath().getString("id");

    assertThat(keyed("kata-large", key, seen).jsonPath().getString("id")).isEqualTo(first);
    assertProblem(keyed("kata-small", key, seen), 422, "KeyReuse");
    assertThat(now().orders().move().to().name()).isEqualTo("kata-large");
  }

  @Test
  void onlyAnAdminMovesWhatItHasSeen() {
    assertProblem(
        as("berth-operator", "kata-large").header("If-Match", tag()).post(path()),
        403,
        "Forbidden");
    assertProblem(move("kata-large").post(path()), 428, "PreconditionRequired");
    assertProblem(
        move("kata-large").header("If-Match", "\"1.1.1\"").post(path()), 412, "PreconditionFailed");
    assertUnmoved();
  }

  @Test
  void aMoveNamesAClassAndNothingElseDoes() {
    String reason = "\"reason\":\"r\"";
    for (String body :
        new String[] {
          "{\"kind\":\"move\"," + reason + "}",
          "{\"kind\":\"move\",\"to\":\"No Class\"," + reason + "}",
          "{\"kind\":\"look\",\"to\":\"kata-large\"," + reason + "}"
        }) {
      Response refused = Caller.acting(ADMIN, body).header("If-Match", tag()).post(path());
      assertProblem(refused, 400, "InvalidParameter");
      assertThat(refused.jsonPath().getList("errors.parameter")).containsExactly("to");
    }
    assertUnmoved();
  }

  @Test
  void whoIsFrozenOrLeavesOrDoesNotFitIsNotMoved() {
    assertThat(refusal("unfit")).contains("no Ready node");

    Tenant ready = now();
    store(ready.ordered(ready.orders().frozen(true)));
    assertThat(refusal("kata-large")).contains("unfreeze it first");

    Condition leaving =
        Condition.of(
            ConditionType.Offboarding,
            Reason.Deprovisioning,
            "",
            3,
            Instant.parse("2026-11-24T18:00:00Z"));
    store(ready.with(leaving));
    assertThat(refusal("kata-large")).contains("it is leaving");
    assertUnmoved();
  }

  private String refusal(String to) {
    Response refused = move(to).header("If-Match", tag()).post(path());
    assertProblem(refused, 409, "ActionNotPossible");
    return refused.jsonPath().getString("detail");
  }

  private void assertUnmoved() {
    assertThat(now().orders().move()).isNull();
    assertThat(Caller.viewer().get(path()).jsonPath().getList("items")).isEmpty();
  }

  private RequestSpecification move(String to) {
    return as(ADMIN, to);
  }

  private static RequestSpecification as(String role, String to) {
    return Caller.acting(role, body(to));
  }

  private Response keyed(String to, String key, String seen) {
    return Caller.of(ADMIN)
        .header("Idempotency-Key", key)
        .header("If-Match", seen)
        .contentType("application/json")
        .body(body(to))
        .post(path());
  }

  private static String body(String to) {
    return "{\"kind\":\"move\",\"to\":\"%s\",\"reason\":\"to see\"}".formatted(to);
  }

  private String path() {
    return "/api/v1/tenants/" + id + "/actions";
  }

  private String tag() {
    return "\"" + TenantTag.of(now()) + "\"";
  }

  private Tenant now() {
    return tenants.find(new TenantId(id)).orElseThrow();
  }

  private void store(Tenant tenant) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.lock(tenant.id());
          tenants.save(tenant);
        });
  }
}
