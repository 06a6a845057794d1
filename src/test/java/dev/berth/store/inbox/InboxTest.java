package dev.berth.store.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.store.inbox.Inbox.Arrival;
import dev.berth.store.inbox.Inbox.Entry;
import dev.berth.store.inbox.Inbox.InboxVerdict;
import dev.berth.store.inbox.Inbox.Position;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(StoreAlone.class)
class InboxTest {

  private final Entry entry = entry("sha");

  @Inject Inbox inbox;
  @Inject Refusals refusals;
  @Inject DataSource dataSource;

  @BeforeEach
  void emptyTables() throws Exception {
    Sql.empty(dataSource);
  }

  @Test
  void aRequestIsNewOnceAndItsVerdictIsKept() throws Exception {
    assertThat(arriveAndDecide(entry, InboxVerdict.REJECTED, "InvalidData")).isEqualTo(Arrival.NEW);
    assertThat(arrive(entry)).isEqualTo(Arrival.DUPLICATE);
    assertThat(arrive(entry("other"))).isEqualTo(Arrival.ID_REUSED);
    assertThat(
            Sql.one(
                dataSource,
                "SELECT concat_ws(' ', source, event_id, sha256, type, tenant_id, generation, topic, \"partition\","
                    + " \"offset\", headers, payload, verdict, reason) FROM inbox"))
        .isEqualTo(
            "/control-plane e1 sha created.v1 acme 3 tenant.events 4 7 {\"a\":\"\\u0000\"} \\x0001ff REJECTED InvalidData");
  }

  @Test
  void aRequestIsDecidedOnce() {
    arriveAndDecide(entry, InboxVerdict.APPLIED, null);
    assertThatThrownBy(() ->
            QuarkusTransaction.requiringNew()
                .run(() -> inbox.decide(entry, InboxVerdict.STALE, null)))
        .isInstanceOf(IllegalStateException.class);
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
    assertThat(inbox.arrive(entry)).isEqualTo(Arrival.NEW);
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

  @Test
  void aRefusedRecordIsNewOnce() throws Exception {
    Position position = new Position("tenant.events", 0, 1);
    UUID id = UUID.randomUUID();
    assertThat(add(new Refusals.RefusedRecord(id, position, "a", null, null, "NoKey", "[]", null)))
        .isTrue();
    assertThat(
            add(
                new Refusals.RefusedRecord(
                    UUID.randomUUID(), position, "a", "/x", "1", "NoKey", "[]", new byte[] {1})))
        .isFalse();
    assertThat(
            add(
                new Refusals.RefusedRecord(
                    UUID.randomUUID(), position, "b", "/x", "1", "NoKey", "[]", new byte[] {1})))
        .isTrue();
    assertThat(Sql.one(dataSource, "SELECT id FROM refused WHERE payload IS NULL"))
        .isEqualTo(id.toString());
  }

  private boolean add(Refusals.RefusedRecord refused) {
    return QuarkusTransaction.requiringNew().call(() -> refusals.add(refused));
  }

  private Arrival arrive(Entry entry) {
    return QuarkusTransaction.requiringNew().call(() -> inbox.arrive(entry));
  }

  private Arrival arriveAndDecide(Entry entry, InboxVerdict verdict, @Nullable String reason) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          Arrival arrival = inbox.arrive(entry);
          inbox.decide(entry, verdict, reason);
          return arrival;
        });
  }

  private static Entry entry(String sha256) {
    return new Entry(
        "/control-plane",
        "e1",
        sha256,
        "created.v1",
        "acme",
        3,
        new Position("tenant.events", 4, 7),
        "{\"a\":\"\\u0000\"}",
        new byte[] {0, 1, -1});
  }
}
