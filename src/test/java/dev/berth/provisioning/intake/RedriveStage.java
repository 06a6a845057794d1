package dev.berth.provisioning.intake;

import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Position;
import dev.berth.event.Records;
import dev.berth.event.incoming.Decoder;
import dev.berth.provisioning.Metrics;
import dev.berth.store.Sql;
import dev.berth.store.actions.Actions;
import dev.berth.store.quarantine.QuarantineFilter;
import dev.berth.store.quarantine.QuarantineFilter.Provenance;
import dev.berth.store.quarantine.QuarantineSearch;
import dev.berth.store.quarantine.QuarantineSearch.Mark;
import dev.berth.store.quarantine.Settlements;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Sends records of one tenant, and takes care of those that are not taken. */
@Dependent
class RedriveStage {

  static final String NEW_SOURCE = "/new";

  private static final AtomicLong OFFSET = new AtomicLong(500_000);

  final String tenant = "q" + UUID.randomUUID().toString().substring(0, 8);
  final UUID action = UUID.randomUUID();

  /** The action, taken now. */
  Redrive.ActionOf by() {
    return by(null);
  }

  /** The action on what is behind that record. */
  Redrive.ActionOf by(@Nullable Mark after) {
    return new Redrive.ActionOf(action, Objects.requireNonNull(today.last(mine(), after)));
  }

  @Inject DataSource database;
  @Inject Redrive today;
  @Inject Intake intake;
  @Inject QuarantineSearch search;
  @Inject Settlements settlements;
  @Inject Actions actions;
  @Inject Verdicts verdicts;
  @Inject Foresight foresight;
  @Inject Metrics metrics;
  @Inject VerdictLog log;
  @Inject TransactionSynchronizationRegistry transactions;

  /** The same once the configuration allows {@link #NEW_SOURCE}. */
  Redrive allowing;

  @PostConstruct
  void begin() throws SQLException {
    Sql.run(
        database,
        """
        INSERT INTO action (id, kind, who, why, at, state, message)
        VALUES ('%s', 'replay', 'alice', 'w', '2999-01-01', 'PENDING', '')\
        """
            .formatted(action));
    Decoder decoder = new Decoder(Map.of(Records.TOPIC, Set.of(Records.SOURCE, NEW_SOURCE)));
    allowing =
        new Redrive(
            search,
            settlements,
            new Replays(settlements, decoder, verdicts, foresight, metrics, log, transactions),
            decoder,
            actions);
  }

  Records snapshot(String type, long generation) {
    return Records.of(
        tenant,
        "dev.berth.tenant.%s.v1".formatted(type),
        "{\"generation\": %d, \"plan\": \"starter\", \"owners\": [{\"kind\": \"Group\", \"name\": \"g\"}]}"
            .formatted(generation));
  }

  Records offboarding(long generation) {
    return Records.of(
        tenant,
        "dev.berth.tenant.offboarding-requested.v1",
        "{\"generation\": %d, \"reason\": \"over\"}".formatted(generation));
  }

  void take(Records sent, String id) {
    RawRecord raw = sent.set("ce_id", id(id)).raw();
    intake.take(
        new RawRecord(
            new Position(Records.TOPIC, 0, OFFSET.incrementAndGet()),
            Instant.EPOCH,
            raw.key(),
            raw.headers(),
            raw.value()));
  }

  /** Takes one that is not taken, and finds it in the quarantine. */
  UUID refused(Records sent, String id) throws SQLException {
    take(sent, id);
    return UUID.fromString(
        Sql.one(
            database,
            "SELECT id FROM refused WHERE claimed_id = '%s' ORDER BY \"offset\" DESC LIMIT 1"
                .formatted(id(id))));
  }

  /** One of a source that is not allowed. */
  UUID ofNewSource(long generation, String id) throws SQLException {
    return refused(snapshot("created", generation).set("ce_source", NEW_SOURCE), id);
  }

  QuarantineFilter mine() {
    return new QuarantineFilter(Set.of(), new Provenance(null, tenant, null), null, null, null);
  }

  RecordResult discard(UUID record) {
    return QuarkusTransaction.requiringNew().call(() -> today.discard(record, action));
  }

  RecordResult replay(Redrive redrive, UUID record) {
    return QuarkusTransaction.requiringNew().call(() -> redrive.replay(record, action));
  }

  String id(String id) {
    return tenant + "-" + id;
  }

  String verdict(String id) throws SQLException {
    return Sql.one(database, "SELECT verdict FROM inbox WHERE event_id = '%s'".formatted(id(id)));
  }

  String standing(UUID record) throws SQLException {
    return Sql.one(
        database,
        "SELECT concat_ws(' ', state, verdict, reason) FROM refused WHERE id = '%s'"
            .formatted(record));
  }

  long steps(String type) throws SQLException {
    return Long.parseLong(
        Sql.one(
            database,
            "SELECT count(*) FROM outbox WHERE aggregateid = '%s' AND topic = 'tenant.lifecycle' AND type LIKE '%%%s.v1'"
                .formatted(tenant, type)));
  }
}
