package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.berth.store.Outbox.Message;
import dev.berth.tenant.Phase;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(StoreAlone.class)
class OutboxTest {

  @Inject Outbox outbox;
  @Inject RelayLock relays;
  @Inject Tenants tenants;
  @Inject Purge purge;
  @Inject Backlogs backlogs;
  @Inject DataSource dataSource;

  @BeforeEach
  void emptyTables() throws Exception {
    Sql.empty(dataSource);
    outbox.awaitPending(Duration.ZERO);
  }

  @Test
  void theRelayReadsMessagesInTheOrderOfEachAggregateUntilTheyArePublished() throws Exception {
    add(message("lifecycle", "b", 2));
    add(message("lifecycle", "b", 1));
    add(message("state", "b", 1));
    add(message("lifecycle", "a", 10));
    add(message("lifecycle", "a", 9));
    try (RelaySession relay = relays.tryAcquire("local").orElseThrow()) {
      List<Message> pending = relay.pending(10);
      assertThat(pending)
          .extracting(m -> m.aggregate() + m.sequence() + m.topic())
          .containsExactly("a9lifecycle", "a10lifecycle", "b1lifecycle", "b1state", "b2lifecycle");
      assertThat(relay.pending(2)).extracting(Message::sequence).containsExactly(9L, 10L);
      relay.published(pending.subList(0, 4).stream().map(Message::id).toList());
      assertThat(relay.pending(10)).extracting(Message::id).containsExactly(pending.get(4).id());
    }
  }

  @Test
  void aRepeatIsIdentical() throws Exception {
    Message message = message("lifecycle", "a", 1);
    add(message);
    try (RelaySession relay = relays.tryAcquire("local").orElseThrow()) {
      for (int i = 0; i < 2; i++) {
        assertThat(relay.pending(1)).usingRecursiveComparison().isEqualTo(List.of(message));
      }
    }
    assertThat(outbox.latest("lifecycle", new TenantId("a"), 1))
        .usingRecursiveComparison()
        .isEqualTo(List.of(message));
  }

  @Test
  void theTimelineIsOfOneTopicAndTenantNewestFirst() {
    add(message("lifecycle", "a", 1));
    add(message("lifecycle", "a", 2));
    add(message("lifecycle", "a", 3));
    add(message("state", "a", 4));
    add(message("lifecycle", "b", 5));
    assertThat(outbox.latest("lifecycle", new TenantId("a"), 2))
        .extracting(Message::sequence)
        .containsExactly(3L, 2L);
  }

  @Test
  void aNumberIsGivenOnceWithinTopicAndAggregate() {
    add(message("lifecycle", "a", 1));
    assertThatThrownBy(() -> add(message("lifecycle", "a", 1)))
        .rootCause()
        .hasMessageContaining("outbox_sequence");
  }

  @Test
  void addingWakesTheWaitingThreadAfterTheCommit() throws Exception {
    assertThat(outbox.awaitPending(Duration.ofMillis(20))).isFalse();
    add(message("lifecycle", "a", 1));
    assertThat(outbox.awaitPending(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void oneRelayAtATimeForEachCluster() throws Exception {
    try (RelaySession first = relays.tryAcquire("local").orElseThrow()) {
      first.ping();
      assertThat(relays.tryAcquire("local")).isEmpty();
      try (RelaySession other = relays.tryAcquire("another").orElseThrow()) {
        other.ping();
      }
    }
    await().until(this::theLockIsFree);
  }

  @Test
  void aFrozenRelayLosesTheLockAndLearnsIt() throws Exception {
    RelaySession frozen = relays.tryAcquire("local").orElseThrow();
    await().until(this::theLockIsFree);
    assertThatThrownBy(() -> frozen.published(List.of())).isInstanceOf(SQLException.class);
    assertThatThrownBy(frozen::ping).isInstanceOf(SQLException.class);
  }

  @Test
  void aRelayThatIsHeardOfKeepsTheLock() throws Exception {
    try (RelaySession relay = relays.tryAcquire("local").orElseThrow()) {
      await()
          .during(Duration.ofMillis(1500))
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(() -> {
            relay.ping();
            assertThat(relays.tryAcquire("local")).isEmpty();
          });
    }
  }

  @Test
  void aRelayWhoseBackendEndsLosesTheLock() throws Exception {
    RelaySession relay = relays.tryAcquire("local").orElseThrow();
    Sql.one(
        dataSource,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'berth-relay'");
    await().until(this::theLockIsFree);
    assertThatThrownBy(() -> relay.pending(1)).isInstanceOf(SQLException.class);
  }

  @Test
  void thePurgeKeepsTheTimelineAndWhatIsYoungOrUnpublished() throws Exception {
    Sql.run(
        dataSource,
        """
        INSERT INTO outbox (id, topic, aggregateid, agg_seq, type, key, headers, payload, published_at)
        SELECT gen_random_uuid(), topic, 'acme', n, 't', 'acme', '{}', '', now() - interval '31 days'
          FROM generate_series(1, 25) n, (VALUES ('lifecycle'), ('state')) AS topics (topic)
        """);
    Sql.run(
        dataSource,
        """
        INSERT INTO outbox (id, topic, aggregateid, agg_seq, type, key, headers, payload, published_at)
        SELECT gen_random_uuid(), 'quarantine', state, 1, 't', 'k', '{}', '', published
          FROM (VALUES ('old', now() - interval '31 days'), ('young', now()), ('pending', NULL)) AS x (state, published)
        """);
    Sql.run(
        dataSource,
        """
        INSERT INTO refused (id, topic, "partition", "offset", sha256, reason, headers, refused_at)
        SELECT gen_random_uuid(), 't', 0, age, 's', 'NoKey', '', now() - age * interval '1 day'
          FROM (VALUES (89), (91)) AS x (age)
        """);
    Sql.run(
        dataSource,
        """
        INSERT INTO inbox (source, event_id, sha256, type, tenant_id, generation, topic, "partition", "offset", headers,
                           payload, arrived_at)
        SELECT 's', age, 'h', 't', 'acme', 1, 't', 0, age, '', '', now() - age * interval '1 day'
          FROM generate_series(29, 5031) age
        """);
    QuarkusTransaction.requiringNew().run(() -> tenants.save(atSequence25()));

    purge.purge();

    assertThat(Sql.one(dataSource, "SELECT min(agg_seq) FROM outbox WHERE aggregateid = 'acme'"))
        .isEqualTo("6");
    assertThat(Sql.one(dataSource, "SELECT count(*) FROM outbox WHERE aggregateid = 'acme'"))
        .isEqualTo("40");
    assertThat(
            Sql.one(
                dataSource,
                "SELECT string_agg(aggregateid, ' ' ORDER BY aggregateid) FROM outbox WHERE topic = 'quarantine'"))
        .isEqualTo("pending young");
    assertThat(Sql.one(dataSource, "SELECT \"offset\" FROM refused")).isEqualTo("89");
    assertThat(Sql.one(dataSource, "SELECT max(\"offset\") FROM inbox")).isEqualTo("29");
  }

  @Test
  void theBacklogTellsWhatWaitsAndForHowLong() throws Exception {
    assertThat(backlogs.read()).isEqualTo(new Backlog(Map.of(), 0, Duration.ZERO, 0, Duration.ZERO));
    QuarkusTransaction.requiringNew().run(() -> tenants.save(Samples.tenant("acme")));
    Sql.run(dataSource, "UPDATE tenant SET next_run_at = now() - interval '90 seconds'");
    add(message("lifecycle", "a", 1));
    Sql.run(dataSource, "UPDATE outbox SET created_at = now() - interval '30 seconds'");
    Backlog backlog = backlogs.read();
    assertThat(backlog.tenants()).isEqualTo(Map.of(Phase.ACCEPTED, 1L));
    assertThat(backlog.due()).isEqualTo(1);
    assertThat(backlog.oldestDue()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(120));
    assertThat(backlog.unpublished()).isEqualTo(1);
    assertThat(backlog.oldestUnpublished())
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
  }

  private static Tenant atSequence25() {
    Tenant tenant = Samples.tenant("acme");
    for (int i = 1; i < 25; i++) {
      tenant = Samples.ready(tenant);
    }
    return tenant;
  }

  private boolean theLockIsFree() throws SQLException {
    return Sql.one(dataSource, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        .equals("0");
  }

  private void add(Message message) {
    QuarkusTransaction.requiringNew().run(() -> outbox.add(message));
  }

  private static Message message(String topic, String aggregate, long sequence) {
    return new Message(
        UUID.randomUUID(),
        topic,
        aggregate,
        sequence,
        "dev.berth.tenant.accepted.v1",
        aggregate,
        Map.of("ce_id", "1", "ce_type", "t", "traceparent", "00"),
        new byte[] {1, 0, -1});
  }
}
