package dev.berth.store.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.store.inbox.Inbox.Arrival;
import dev.berth.store.inbox.Inbox.Entry;
import dev.berth.store.inbox.Inbox.Ruling;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.Reason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class InboxTest {

  private static final KeptRecord KEPT =
      new KeptRecord("tenant.events", 4, 7, "YQ== Yg==", new byte[] {0, 1, -1});

  private final Entry entry = entry("sha");

  @Inject Inbox inbox;
  @Inject Requests requests;
  @Inject DataSource dataSource;

  @BeforeEach
  void emptyTables() throws Exception {
    Sql.empty(dataSource);
  }

  @Test
  void aRequestIsNewOnceAndItsVerdictIsKept() throws Exception {
    assertThat(arriveAndDecide(entry, Ruling.REJECTED, Reason.InvalidData)).isEqualTo(Arrival.NEW);
    assertThat(arrive(entry)).isEqualTo(Arrival.DUPLICATE);
    assertThat(arrive(entry("other"))).isEqualTo(Arrival.ID_REUSED);
    assertThat(
            Sql.one(
                dataSource,
                "SELECT concat_ws(' ', source, event_id, sha256, type, tenant_id, generation, topic, \"partition\","
                    + " \"offset\", headers, payload, verdict, reason, message) FROM inbox"))
        .isEqualTo(
            "/control-plane e1 sha created.v1 acme 3 tenant.events 4 7 YQ== Yg== \\x0001ff REJECTED InvalidData why");
  }

  @Test
  void aRequestIsDecidedOnce() {
    arriveAndDecide(entry, Ruling.APPLIED, null);
    assertThatThrownBy(() ->
            QuarkusTransaction.requiringNew()
                .run(() -> inbox.decide(entry.event(), Ruling.STALE, null, "late")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theLatestRequestThatWasNotAppliedIsFound() throws Exception {
    TenantId acme = new TenantId("acme");
    assertThat(requests.latestNotApplied(acme)).isEmpty();
    arriveAndDecide(entry("1", "e1"), Ruling.STALE, null);
    Sql.run(dataSource, "UPDATE inbox SET arrived_at = now() - interval '1 hour'");
    arriveAndDecide(entry("2", "e2"), Ruling.APPLIED, null);

    assertThat(requests.latestNotApplied(acme).orElseThrow())
        .extracting("event.id", "verdict", "reason", "message", "generation")
        .containsExactly("e1", "STALE", null, "why", 3L);
    assertThat(requests.latestNotApplied(new TenantId("acme2"))).isEmpty();

    QuarkusTransaction.requiringNew()
        .run(() -> {
          inbox.arrive(entry("3", "e3"), KEPT);
          inbox.park(new EventId("/control-plane", "e3"), null, null, "waits");
        });
    assertThat(requests.latestNotApplied(acme).orElseThrow())
        .extracting("event.id", "verdict", "reason", "message")
        .containsExactly("e3", "PARKED", null, "waits");
  }

  @Test
  void aTwinWaitsAndIsADuplicateWhenTheFirstCommits() {
    assertThat(arrivalOfTheTwin(true)).isEqualTo(Arrival.DUPLICATE);
  }

  @Test
  void aTwinWaitsAndIsNewWhenTheFirstRollsBack() {
    assertThat(arrivalOfTheTwin(false)).isEqualTo(Arrival.NEW);
  }

  private Arrival arrivalOfTheTwin(boolean commit) {
    QuarkusTransaction.begin();
    assertThat(inbox.arrive(entry, KEPT)).isEqualTo(Arrival.NEW);
    CompletableFuture<Arrival> twin = CompletableFuture.supplyAsync(() -> arrive(entry));
    await().until(this::somebodyWaitsForATransaction);
    assertThat(twin).isNotDone();
    if (commit) {
      QuarkusTransaction.commit();
    } else {
      QuarkusTransaction.rollback();
    }
    return twin.join();
  }

  private boolean somebodyWaitsForATransaction() throws Exception {
    return Sql.one(
            dataSource,
            "SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted")
        .equals("1");
  }

  private Arrival arrive(Entry entry) {
    return QuarkusTransaction.requiringNew().call(() -> inbox.arrive(entry, KEPT));
  }

  private Arrival arriveAndDecide(Entry request, Ruling verdict, @Nullable Reason reason) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          Arrival arrival = inbox.arrive(request, KEPT);
          inbox.decide(request.event(), verdict, reason, "why");
          return arrival;
        });
  }

  private static Entry entry(String sha256) {
    return entry(sha256, "e1");
  }

  private static Entry entry(String sha256, String id) {
    return new Entry(new EventId("/control-plane", id), sha256, "created.v1", "acme", 3);
  }
}
