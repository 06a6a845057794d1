package dev.berth.console;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.EventStream;
import dev.berth.api.stage.Samples;
import dev.berth.console.stage.Html;
import dev.berth.store.outbox.Outbox;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an open page is told while things change. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class LivePageTest {

  private final Tenants tenants;
  private final Outbox outbox;
  private final String id = "v" + UUID.randomUUID().toString().substring(0, 8);

  LivePageTest(Tenants tenants, Outbox outbox) {
    this.tenants = tenants;
    this.outbox = outbox;
  }

  @Test
  void aPageSaysWhereItIsToldOfChanges() {
    step(3);
    assertThat(page("/")).contains("data-stream=\"/live\"");
    assertThat(page("/tenants?q=" + id)).contains("data-stream=\"/live\"");
    assertThat(page("/tenants/" + id)).contains("data-stream=\"/live/tenants/" + id + "?after=3\"");
    assertThat(page("/quarantine")).doesNotContain("data-stream");
  }

  @Test
  void thePageOfATenantIsToldOfEachStepAndOfNothingThatIsInIt() {
    step(3);
    try (EventStream stream = EventStream.open("/live/tenants/" + id, Map.of())) {
      await().until(() -> stream.ids().contains("3"));
      step(4);
      await().until(() -> stream.ids().contains("4"));

      assertThat(stream.names()).containsOnly("changed", "alive");
      assertThat(stream.data()).containsOnly("-");
      assertThat(stream.header("Content-Type").orElse("")).startsWith("text/event-stream");
      assertThat(stream.header("Cache-Control")).contains("no-store");
      assertThat(stream.header("X-Accel-Buffering")).contains("no");
    }
  }

  @Test
  void aPageThatComesBackIsToldWhatItMissed() {
    step(3);
    step(4);
    step(5);
    try (EventStream stream =
        EventStream.open("/live/tenants/" + id, Map.of("Last-Event-ID", "3"))) {
      await().until(() -> stream.ids().contains("5"));
      assertThat(stream.ids()).containsExactly("4", "5");
    }
    try (EventStream stream = EventStream.open("/live/tenants/" + id + "?after=4", Map.of())) {
      await().until(() -> stream.ids().contains("5"));
      assertThat(stream.ids()).containsExactly("5");
    }
  }

  @Test
  void aPageOfManyTenantsIsToldOnceItIsListenedForAndThenOfEachSecondWithChanges() {
    step(3);
    try (EventStream stream = EventStream.open("/live", Map.of())) {
      await().until(() -> changes(stream) >= 1);
      long before = changes(stream);
      step(4);
      await().until(() -> changes(stream) > before);

      assertThat(stream.names()).containsOnly("changed", "alive");
      assertThat(stream.data()).containsOnly("-");
    }
  }

  @Test
  void aTenantThatIsNotThereCannotBeFollowed() {
    Response answer = Caller.viewer().accept("text/event-stream").get("/live/tenants/nobody");
    assertProblem(answer, 404, "NotFound");
  }

  private static long changes(EventStream stream) {
    return stream.names().stream().filter("changed"::equals).count();
  }

  private static String page(String path) {
    return Html.assertPage(Caller.viewer().accept("text/html").get(path), 200);
  }

  /** The tenant is stored with a step more, which is announced. */
  private void step(long sequence) {
    Tenant tenant = Samples.ready(id, new PlanVersion("team", 1));
    Status status = tenant.status();
    Tenant stored =
        tenant.with(
            new Status(
                status.conditions(),
                new Status.LastStep(sequence, null, null),
                status.footing(),
                status.sandboxes(),
                status.retry()));
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.lock(tenant.id());
          tenants.remember(stored);
          outbox.add(Samples.step("tenant.lifecycle", tenant, sequence));
        });
  }
}
