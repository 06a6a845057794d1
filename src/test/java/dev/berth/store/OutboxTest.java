package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.store.Outbox.Message;
import dev.berth.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
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

  private void add(Message message) {
    QuarkusTransaction.requiringNew().run(() -> outbox.add(message));
  }

  static Message message(String topic, String aggregate, long sequence) {
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
