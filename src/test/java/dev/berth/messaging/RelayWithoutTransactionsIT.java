package dev.berth.messaging;

import static dev.berth.messaging.OnKafka.LIFECYCLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.Parts;
import dev.berth.store.outbox.Outbox;
import dev.berth.store.outbox.RelayLock;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

/**
 * The same on a broker without transactions, where a step may be read more than once, and the lock
 * in the database alone keeps two relays apart.
 */
@QuarkusTest
@TestProfile(RelayWithoutTransactionsIT.Profile.class)
class RelayWithoutTransactionsIT extends RelayIT {

  private static final String CLUSTER = "plain";

  private final RelayLock lock;

  RelayWithoutTransactionsIT(
      Outbox outbox,
      @Readiness RelayState relay,
      @Readiness Topics topics,
      DataSource dataSource,
      MeterRegistry registry,
      RelayLock lock) {
    super(outbox, relay, topics, dataSource, registry);
    this.lock = lock;
  }

  /** A consumer drops what it has seen. */
  @Override
  List<Long> published(String topic, String aggregate) {
    return super.published(topic, aggregate).stream().distinct().toList();
  }

  @Test
  void whoLosesTheLockPublishesNoMoreAndTheNextOneRepeatsAndGoesOn() throws Exception {
    String tenant = name();
    add(LIFECYCLE, tenant, 1, 10);
    add(LIFECYCLE, tenant, 2, 10);
    eventually(() -> assertThat(published(LIFECYCLE, tenant)).containsExactly(1L, 2L));
    eventually(() -> assertThat(marked(tenant)).isEqualTo("2"));
    assertThat(lock.tryAcquire(CLUSTER)).as("a second relay").isEmpty();

    // As if the relay had died after sending and before marking, and another one came: at once, or
    // this one would see it.
    query(
        "WITH lost AS (UPDATE outbox SET published_at = NULL WHERE aggregateid = '%s' AND agg_seq = 2)"
                .formatted(tenant)
            + " SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name ="
            + " 'berth-relay' AND datname = current_database()");
    add(LIFECYCLE, tenant, 3, 10);

    eventually(() -> assertThat(published(LIFECYCLE, tenant)).containsExactly(1L, 2L, 3L));
    List<ConsumerRecord<String, byte[]>> read = records(LIFECYCLE, tenant);
    assertThat(sequences(read)).containsExactly(1L, 2L, 2L, 3L);
    assertThat(read.get(2).value()).as("the repeat").isEqualTo(read.get(1).value());
    assertThat(read.get(2).headers()).isEqualTo(read.get(1).headers());
    assertThat(transactions()).doesNotContain("berth-relay-" + CLUSTER);
  }

  /** How many messages of the aggregate the relay has noted as published. */
  private String marked(String aggregate) throws Exception {
    return query(
        "SELECT count(*) FROM outbox WHERE published_at IS NOT NULL AND aggregateid = '%s'"
            .formatted(aggregate));
  }

  private static List<String> transactions() throws Exception {
    try (Admin admin = Parts.kafka().admin()) {
      return admin.listTransactions().all().get(30, TimeUnit.SECONDS).stream()
          .map(TransactionListing::transactionalId)
          .toList();
    }
  }

  /** No transactions, and a name of its own. */
  public static class Profile extends OnKafka {

    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
      overrides.put("berth.relay.transactions", "off");
      overrides.put("berth.cluster", CLUSTER);
      return overrides;
    }
  }
}
