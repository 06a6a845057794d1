package dev.berth.api.live;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static dev.berth.api.stage.ProblemAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.EventStream;
import dev.berth.api.stage.Management;
import dev.berth.api.stage.Samples;
import dev.berth.store.outbox.Outbox;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.Condition.Truth;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for a tenant, and following it. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class LiveTest {

  private final Tenants tenants;
  private final Outbox outbox;
  private final PhaseWaits waiting;

  private final String id = "l" + UUID.randomUUID().toString().substring(0, 8);
  private final PlanVersion plan = new PlanVersion("team", 1);
  private final String path = "/api/v1/tenants/" + id;

  LiveTest(Tenants tenants, Outbox outbox, PhaseWaits waiting) {
    this.tenants = tenants;
    this.outbox = outbox;
    this.waiting = waiting;
  }

  @Test
  void whoWaitsIsAnsweredWhenTheTenantIsThere() {
    store(onItsWay(), 2);
    var answers = IntStream.range(0, 40).mapToObj(i -> ask("?waitFor=READY&timeout=60s")).toList();
    await().until(() -> waiting.tenants().stream().filter(id::equals).count() == 40);

    store(Samples.ready(id, plan), 3);

    for (CompletableFuture<Response> each : answers) {
      Response answer = each.orTimeout(1, TimeUnit.MINUTES).join();
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.header("Berth-Wait")).isEqualTo("reached");
      assertThat(answer.jsonPath().getString("phase")).isEqualTo("READY");
    }
    assertThat(waiting.tenants()).doesNotContain(id);
  }

  @Test
  void whoWaitsForWhatOnlyAPersonCanBringIsToldAtOnce() {
    store(Samples.blocked(id, plan), 2);

    Response answer = Caller.viewer().get(path + "?waitFor=READY,DEGRADED&timeout=60s");

    assertThat(answer.header("Berth-Wait")).isEqualTo("terminal");
    assertThat(answer.jsonPath().getString("phase")).isEqualTo("BLOCKED");
  }

  /** Such as right after {@code retry}: what the phase of before was is not the answer. */
  @Test
  void whoWaitsForATenantThatIsAboutToBeLookedAtIsToldWhatCameOfIt() {
    QuarkusTransaction.requiringNew().run(() -> tenants.save(Samples.blocked(id, plan)));
    CompletableFuture<Response> answer = ask("?waitFor=READY&timeout=60s");
    await().until(() -> waiting.tenants().contains(id));

    store(Samples.ready(id, plan), 3);

    assertThat(answer.orTimeout(1, TimeUnit.MINUTES).join().header("Berth-Wait"))
        .isEqualTo("reached");
  }

  @Test
  void aWaitEndsWhenItsTimeIsOver() {
    store(onItsWay(), 2);

    Response answer = Caller.viewer().get(path + "?waitFor=READY&timeout=1s");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.header("Berth-Wait")).isEqualTo("timeout");
    assertThat(answer.header("ETag")).startsWith("W/\"1.2.1-");
  }

  @Test
  void whoDoesNotWaitIsNotTold() {
    store(onItsWay(), 2);

    assertThat(Caller.viewer().get(path).header("Berth-Wait")).isNull();
  }

  /** Else whoever waits would look like an API that is slow. */
  @Test
  void aWaitDoesNotCountInTheTimesOfTheApi() {
    store(Samples.ready(id, plan), 2);
    double before = calls();

    IntStream.range(0, 10).forEach(i -> Caller.viewer().get(path + "?waitFor=READY"));
    Caller.viewer().get(path);

    await().until(() -> calls() > before);
    assertThat(calls())
        .as("the last alone, and maybe one of before that was counted late")
        .isLessThan(before + 10);
  }

  private static double calls() {
    return Management.get("/q/metrics")
        .asString()
        .lines()
        .filter(line ->
            line.startsWith("http_server_requests_seconds_count")
                && line.contains("uri=\"/api/v1/tenants/{id}\"")
                && line.contains("status=\"200\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"waitFor=ready", "waitFor=", "timeout=61s", "timeout=2m", "timeout=0s"})
  void aBadParameterIsNamed(String query) {
    store(onItsWay(), 2);

    assertRefused(Caller.viewer().get(path + "?" + query), query.substring(0, query.indexOf('=')));
  }

  @Test
  void whoFollowsATenantGetsItsLatestStepAndThenEachOne() {
    store(onItsWay(), 3);
    announce(1, 3);

    try (EventStream stream = EventStream.open(path + "/events", Map.of())) {
      stream.await(1);
      store(Samples.ready(id, plan), 40);
      announce(4, 40);
      stream.await(38);

      assertThat(stream.header("X-Accel-Buffering")).contains("no");
      assertThat(stream.header("Cache-Control")).contains("no-store");
      assertThat(stream.header("Content-Type").orElse("")).startsWith("text/event-stream");
      assertThat(stream.names()).containsOnly("status");
      assertThat(stream.ids())
          .isEqualTo(LongStream.rangeClosed(3, 40).mapToObj(Long::toString).toList());
      assertThat(stream.data().getFirst()).contains("\"message\":\"step 3\"");
    }
  }

  /** Step 3 of a restore adds a million to the tenant's number, and to no step. */
  @Test
  void whoFollowsATenantAfterARestoreGetsItsLatestStepThatIsKept() {
    store(onItsWay(), 1_000_003);
    announce(1, 3);

    try (EventStream stream = EventStream.open(path + "/events", Map.of())) {
      stream.await(1);
      store(onItsWay(), 1_000_004);
      announce(1_000_004, 1_000_004);
      stream.await(3);

      assertThat(stream.names()).containsExactly("status", "gap", "status");
      assertThat(stream.data().getFirst()).contains("\"message\":\"step 3\"");
      assertThat(stream.data().get(1)).isEqualTo("{\"after\":3,\"next\":1000004}");
    }
  }

  @Test
  void whoComesBackMissesNothing() {
    store(onItsWay(), 30);
    announce(1, 30);

    try (EventStream stream = EventStream.open(path + "/events", Map.of("Last-Event-ID", "4"))) {
      stream.await(26);

      assertThat(stream.ids())
          .isEqualTo(LongStream.rangeClosed(5, 30).mapToObj(Long::toString).toList());
    }
  }

  @Test
  void whoComesBackTooLateIsToldWhatIsGone() {
    store(onItsWay(), 30);
    announce(11, 30);

    try (EventStream stream = EventStream.open(path + "/events", Map.of("Last-Event-ID", "4"))) {
      stream.await(21);

      assertThat(stream.names().getFirst()).isEqualTo("gap");
      assertThat(stream.data().getFirst()).isEqualTo("{\"after\":4,\"next\":11}");
      assertThat(stream.ids().getFirst()).isEqualTo("11");
    }
  }

  @Test
  void whoListensToAllHearsSinceWhenAndThenWhichTenantsChange() {
    store(onItsWay(), 3);

    try (EventStream stream = EventStream.open("/api/v1/events", Map.of())) {
      await().until(() -> stream.names().contains("listening"));
      announce(4, 4);
      await().until(() -> stream.data().contains(id));

      assertThat(stream.names())
          .startsWith("listening", "tenant-changed")
          .endsWith("tenant-changed");
    }
  }

  @Test
  void nobodyCanBeFollowedWhoIsNotThere() {
    Response answer =
        Caller.viewer().accept("text/event-stream").get("/api/v1/tenants/nobody/events");

    assertProblem(answer, 404, "NotFound");
  }

  private Tenant onItsWay() {
    return Samples.ready(id, plan)
        .with(
            new Condition(
                ConditionType.Ready, Truth.False, Reason.Provisioning, "", 3, Instant.EPOCH));
  }

  private CompletableFuture<Response> ask(String query) {
    return CompletableFuture.supplyAsync(
        () -> Caller.viewer().get(path + query), Executors.newVirtualThreadPerTaskExecutor());
  }

  private void announce(long first, long last) {
    Tenant tenant = Samples.ready(id, plan);
    QuarkusTransaction.requiringNew()
        .run(() ->
            LongStream.rangeClosed(first, last)
                .forEach(n -> outbox.add(Samples.step("tenant.lifecycle", tenant, n))));
  }

  private void store(Tenant tenant, long announced) {
    Status status = tenant.status();
    Tenant stored =
        tenant.with(
            new Status(
                status.conditions(),
                new Status.LastStep(announced, null, null),
                status.footing(),
                status.sandboxes(),
                status.retry()));
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.lock(tenant.id());
          tenants.remember(stored);
        });
  }
}
