package dev.berth.api.actions;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.Samples;
import dev.berth.api.tenants.TenantTag;
import dev.berth.store.tenants.Tenants;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which action is for which tenant, and what it orders. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class TenantActionsTest {

  private static final PlanVersion TEAM = new PlanVersion("team", 2);

  private final Tenants tenants;
  private final String id = "t" + UUID.randomUUID().toString().substring(0, 8);

  TenantActionsTest(Tenants tenants) {
    this.tenants = tenants;
  }

  @Test
  void aFrozenTenantIsOnlyUnfrozenByWhoSawThat() {
    store(Samples.ready(id, TEAM));
    long before = now().revision();
    String seen = tag();

    assertThat(act("freeze").statusCode()).isEqualTo(202);
    assertThat(now().isFrozen()).isTrue();
    assertThat(now().revision()).isEqualTo(before + 1);
    assertProblem(act("freeze"), 409, "ActionNotPossible");
    assertProblem(act("unfreeze"), 428, "PreconditionRequired");
    assertProblem(
        call("unfreeze").header("If-Match", seen).post(path()), 412, "PreconditionFailed");
    assertThat(now().isFrozen()).isTrue();

    assertThat(call("unfreeze").header("If-Match", tag()).post(path()).statusCode()).isEqualTo(202);
    assertThat(now().isFrozen()).isFalse();
    assertThat(now().revision()).isEqualTo(before + 2);
    assertProblem(
        call("unfreeze").header("If-Match", tag()).post(path()), 409, "ActionNotPossible");
  }

  @Test
  void onlyWhoIsHeldBackIsTriedAgain() {
    store(Samples.ready(id, TEAM));
    assertProblem(act("retry"), 409, "ActionNotPossible");

    Tenant blocked = Samples.blocked(id + "-b", TEAM);
    store(blocked.with(blocked.status().retrying(7, Instant.parse("2026-11-24T18:00:00Z"))));
    Response taken = call("retry").post("/api/v1/tenants/" + id + "-b/actions");

    assertThat(taken.jsonPath().getInt("before.attempt")).isEqualTo(7);
    Tenant now = tenants.find(new TenantId(id + "-b")).orElseThrow();
    assertThat(now.status().attempt()).isZero();
    assertThat(now.revision()).as("what is desired is the same").isEqualTo(blocked.revision());
  }

  @Test
  void onlyWhoIsReadyIsVerified() {
    store(Samples.blocked(id, TEAM));
    assertProblem(act("verify"), 409, "ActionNotPossible");

    store(Samples.ready(id + "-r", TEAM));
    assertThat(call("verify").post("/api/v1/tenants/" + id + "-r/actions").statusCode())
        .isEqualTo(202);
  }

  @Test
  void onlyWhoWaitsIsWithdrawnAndARetryLetsItWaitAgain() {
    store(Samples.ready(id, TEAM));
    assertProblem(call("withdraw").header("If-Match", "*").post(path()), 409, "ActionNotPossible");

    is(Reason.NoRoom);
    assertThat(call("withdraw").header("If-Match", tag()).post(path()).statusCode()).isEqualTo(202);
    assertThat(now().orders().withdrawn()).isTrue();

    is(Reason.Withdrawn);
    assertThat(act("retry").statusCode()).isEqualTo(202);
    assertThat(now().orders().withdrawn()).isFalse();
  }

  @Test
  void whoLeavesIsNotFrozen() {
    store(Samples.stuck(id, TEAM));
    Tenant leaving = now();
    store(leaving.with(condition(ConditionType.Offboarding, Reason.Deprovisioning)));
    assertProblem(act("freeze"), 409, "ActionNotPossible");
    assertThat(act("look").statusCode()).isEqualTo(202);
  }

  private void is(Reason reason) {
    store(now().with(condition(ConditionType.Ready, reason)));
  }

  private static Condition condition(ConditionType type, Reason reason) {
    return Condition.of(type, reason, "", 3, Instant.parse("2026-11-24T18:00:00Z"));
  }

  private Response act(String kind) {
    return call(kind).post(path());
  }

  private RequestSpecification call(String kind) {
    return Caller.acting(
        "berth-operator", "{\"kind\":\"%s\",\"reason\":\"to see\"}".formatted(kind));
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
