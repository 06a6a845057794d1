package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class PurgeTest {

  private static final String STEPS_OF_ACME =
      """
      INSERT INTO outbox (id, topic, aggregateid, agg_seq, type, key, headers, payload, published_at)
      SELECT gen_random_uuid(), topic, 'acme', n, 't', 'acme', '{}', '', now() - interval '31 days'
        FROM generate_series(1, 25) n, (VALUES ('lifecycle'), ('state')) AS topics (topic)
      """;

  private static final String QUARANTINED =
      """
      INSERT INTO outbox (id, topic, aggregateid, agg_seq, type, key, headers, payload, published_at)
      SELECT gen_random_uuid(), 'quarantine', state, 1, 't', 'k', '{}', '', published
        FROM (VALUES ('old', now() - interval '31 days'), ('young', now()), ('pending', NULL)) AS x (state, published)
      """;

  private static final String REFUSED =
      """
      INSERT INTO refused (id, topic, "partition", "offset", sha256, reason, headers, refused_at)
      SELECT gen_random_uuid(), 't', 0, age, 's', 'NoKey', '', now() - age * interval '1 day'
        FROM (VALUES (89), (91)) AS x (age)
      """;

  private static final String REQUESTS =
      """
      INSERT INTO inbox (source, event_id, sha256, type, tenant_id, generation, topic, "partition", "offset", headers,
                         payload, arrived_at)
      SELECT 's', age, 'h', 't', 'acme', 1, 't', 0, age, '', '', now() - age * interval '1 day'
        FROM (SELECT 29 UNION ALL SELECT generate_series(31, 5031)) x (age)
      """;

  @Inject Purge purge;
  @Inject Tenants tenants;
  @Inject DataSource dataSource;

  @BeforeEach
  void emptyTables() throws Exception {
    Sql.empty(dataSource);
  }

  @Test
  void publishedMessagesGoButTheTimelineStays() throws Exception {
    Sql.run(dataSource, STEPS_OF_ACME);
    Sql.run(dataSource, QUARANTINED);
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
  }

  /** As after step 3 of a restore, which lets numbers go on far above those of the backup. */
  @Test
  void theTimelineStaysAlsoWhereNumbersJumped() throws Exception {
    Sql.run(dataSource, STEPS_OF_ACME);
    QuarkusTransaction.requiringNew().run(() -> tenants.save(atSequence25()));
    Sql.run(dataSource, "UPDATE tenant SET status_seq = status_seq + 1000000");

    purge.purge();

    assertThat(
            Sql.one(
                dataSource,
                "SELECT min(agg_seq) || ' ' || count(*) FROM outbox WHERE topic = 'state'"))
        .isEqualTo("6 20");
  }

  @Test
  void refusedRecordsGoWhenTheyAreOld() throws Exception {
    Sql.run(dataSource, REFUSED);
    purge.purge();
    assertThat(Sql.one(dataSource, "SELECT \"offset\" FROM refused")).isEqualTo("89");
  }

  @Test
  void requestsGoWhenTheyAreOldHoweverMany() throws Exception {
    Sql.run(dataSource, REQUESTS);
    purge.purge();
    assertThat(Sql.one(dataSource, "SELECT \"offset\" FROM inbox")).isEqualTo("29");
  }

  /** Else its tenant would be told again when its record is replayed. */
  @Test
  void aRejectedRequestStaysAsLongAsItsRecord() throws Exception {
    Sql.run(dataSource, REQUESTS);
    Sql.run(dataSource, REFUSED);
    Sql.run(
        dataSource,
        "UPDATE refused SET refused_at = now(), \"offset\" = 95 WHERE \"offset\" = 91"); // it was
    // parked
    // first
    purge.purge();
    assertThat(
            Sql.one(dataSource, "SELECT string_agg(\"offset\"::text, ' ' ORDER BY 1) FROM inbox"))
        .isEqualTo("29 89 95");
  }

  /** G7: a request that waits for its tenant is wanted, however old it is. */
  @Test
  void aParkedRequestStays() throws Exception {
    Sql.run(dataSource, REQUESTS);
    Sql.run(
        dataSource,
        "INSERT INTO parked (source, event_id) SELECT source, event_id FROM inbox ORDER BY arrived_at, event_id LIMIT 1");
    purge.purge();
    assertThat(Sql.one(dataSource, "SELECT count(*) FROM inbox")).isEqualTo("2");
  }

  @Test
  void actionsAreKeptLongerThanTheirKeysAndUntilTheyAreOver() throws Exception {
    Sql.run(
        dataSource,
        """
        INSERT INTO action (id, kind, who, why, at, state, message, idempotency_key)
        SELECT gen_random_uuid(), 'look', 'alice', 'w', now() - age * interval '1 day', state, age, age || state
          FROM (VALUES (6), (8), (401)) a (age), (VALUES ('DONE'), ('PENDING')) s (state)
        """);

    purge.purge();

    assertThat(
            Sql.one(
                dataSource,
                "SELECT string_agg(concat_ws('/', message, state, idempotency_key), ' ' ORDER BY number) FROM action"))
        .isEqualTo("6/DONE/6DONE 6/PENDING/6PENDING 8/DONE 8/PENDING 401/PENDING");
  }

  private static Tenant atSequence25() {
    Tenant tenant = Samples.tenant("acme");
    for (int i = 1; i < 25; i++) {
      tenant = Samples.ready(tenant);
    }
    return tenant;
  }
}
