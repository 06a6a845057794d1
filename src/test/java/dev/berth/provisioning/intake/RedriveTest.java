package dev.berth.provisioning.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.event.Records;
import dev.berth.provisioning.WithoutACluster;
import dev.berth.store.Sql;
import dev.berth.store.quarantine.QuarantinedRecord.RecordState;
import dev.berth.store.quarantine.Refused;
import dev.berth.tenant.condition.Reason;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was not taken is taken in by the inbox, once, or stays where it is. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class RedriveTest {

  private final RedriveStage stage;

  RedriveTest(RedriveStage stage) {
    this.stage = stage;
  }

  @Test
  void aRecordOfASourceThatIsAllowedNowArrivesLikeANewOne() throws Exception {
    UUID record = stage.ofNewSource(1, "first");

    assertThat(stage.replay(stage.today, record))
        .extracting(RecordResult::result, RecordResult::state, r -> r.refusal().reason())
        .containsExactly("REFUSED", RecordState.OPEN, Reason.SourceNotAllowed);
    assertThat(stage.standing(record)).isEqualTo("open REFUSED SourceNotAllowed");

    RecordResult taken = stage.replay(stage.allowing, record);

    assertThat(taken)
        .extracting(RecordResult::result, RecordResult::message, RecordResult::state)
        .containsExactly("APPLIED", "as generation 1 of " + stage.tenant, RecordState.REPLAYED);
    assertThat(stage.verdict("first")).isEqualTo("APPLIED");
    assertThat(stage.steps("accepted")).isEqualTo(1);
    assertThat(stage.replay(stage.allowing, record))
        .extracting(RecordResult::result, RecordResult::message)
        .containsExactly("UNDECIDED", "it was replayed before: APPLIED");
    assertThat(stage.steps("accepted")).isEqualTo(1);
    assertThat(
            Sql.one(stage.database, "SELECT action FROM refused WHERE id = '%s'".formatted(record)))
        .isEqualTo(stage.action.toString());
  }

  @Test
  void aRejectedRequestKeepsItsIdAndGetsAnotherVerdictOnce() throws Exception {
    stage.take(stage.snapshot("created", 1), "begin");
    UUID far = stage.refused(stage.snapshot("updated", 5_000_000), "far");
    assertThat(stage.verdict("far")).isEqualTo("REJECTED");

    RecordResult again = stage.replay(stage.today, far);

    assertThat(again.result()).isEqualTo("REJECTED");
    assertThat(stage.standing(far)).isEqualTo("open REJECTED GenerationGap");
    assertThat(stage.steps("rejected")).as("told once").isEqualTo(1);

    Sql.run(
        stage.database,
        "UPDATE tenant SET generation = 4999990, desired = replace(CAST(desired AS text), '\"generation\":1,', '\"generation\":4999990,')::json"
            + " WHERE tenant_id = '%s'".formatted(stage.tenant));
    assertThat(stage.replay(stage.today, far))
        .extracting(RecordResult::result, RecordResult::message)
        .containsExactly("APPLIED", "as generation 5000000 of " + stage.tenant);
    assertThat(stage.verdict("far")).isEqualTo("APPLIED");
    assertThat(
            Sql.one(
                stage.database,
                "SELECT concat(reason, message) FROM inbox WHERE event_id = '%s'"
                    .formatted(stage.id("far"))))
        .isEmpty();
  }

  @Test
  void whatIsStaleOrADuplicateByNowChangesNothingAndSaysSo() throws Exception {
    UUID early = stage.ofNewSource(1, "early");
    UUID twin = stage.ofNewSource(1, "early");
    stage.take(stage.snapshot("created", 3), "newer");
    String tenant = tenantRow();

    assertThat(stage.replay(stage.allowing, early).result()).isEqualTo("STALE");
    assertThat(stage.replay(stage.allowing, twin).result()).isEqualTo("DUPLICATE");

    assertThat(stage.standing(early)).isEqualTo("replayed STALE SourceNotAllowed");
    assertThat(stage.standing(twin)).isEqualTo("replayed DUPLICATE SourceNotAllowed");
    assertThat(tenantRow()).isEqualTo(tenant);
    assertThat(stage.steps("accepted")).isEqualTo(1);
  }

  @Test
  void aRecordThatFailsAnotherRuleNowStaysOpenWithThatReason() throws Exception {
    UUID bad =
        stage.refused(
            stage.snapshot("created", 1).value("{}").set("ce_source", RedriveStage.NEW_SOURCE),
            "bad");

    assertThat(stage.replay(stage.allowing, bad).result()).isEqualTo("REJECTED");

    assertThat(stage.standing(bad)).isEqualTo("open REJECTED InvalidData");
    assertThat(stage.steps("rejected")).as("its tenant is told").isEqualTo(1);
    assertThat(stage.replay(stage.allowing, bad).result()).isEqualTo("REJECTED");
    assertThat(stage.steps("rejected")).as("once").isEqualTo(1);

    UUID reused = stage.ofNewSource(7, "bad");
    assertThat(stage.replay(stage.allowing, reused).refusal().reason()).isEqualTo(Reason.IdReuse);
    assertThat(stage.standing(reused)).startsWith("open");
  }

  @Test
  void anUpdateOfATenantThatIsGoneDoesNotWait() throws Exception {
    stage.take(stage.snapshot("created", 1), "begin");
    stage.take(stage.offboarding(2), "end");
    UUID update =
        stage.refused(
            stage.snapshot("updated", 4).set("ce_source", RedriveStage.NEW_SOURCE), "update");

    assertThat(stage.replay(stage.allowing, update).refusal().reason())
        .isEqualTo(Reason.TenantOffboarded);
    stage.take(stage.snapshot("created", 3), "again");

    assertThat(stage.replay(stage.allowing, update).result()).isEqualTo("APPLIED");
  }

  @Test
  void twoPeopleAtOnceReplayItOnce() throws Exception {
    UUID record = stage.ofNewSource(1, "both");

    List<String> results =
        Stream.of(1, 2, 3, 4)
            .map(n ->
                CompletableFuture.supplyAsync(() -> stage.replay(stage.allowing, record).result()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .sorted()
            .toList();

    assertThat(results).containsExactly("APPLIED", "UNDECIDED", "UNDECIDED", "UNDECIDED");
    assertThat(stage.steps("accepted")).isEqualTo(1);
  }

  @Test
  void aDatabaseThatFailsInTheMiddleLeavesItOpen() throws Exception {
    UUID record = stage.ofNewSource(1, "outage");
    Sql.run(
        stage.database,
        """
        CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NEW.aggregateid = '%s' THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$;
        CREATE TRIGGER cut BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION cut()
        """
            .formatted(stage.tenant));
    try {
      assertThatThrownBy(() -> stage.replay(stage.allowing, record)).isInstanceOf(Exception.class);
      assertThatThrownBy(() -> stage.allowing.replayEach(stage.mine(), null, stage.by()))
          .as("an outage is no answer about a record")
          .isInstanceOf(Exception.class);
    } finally {
      Sql.run(stage.database, "DROP TRIGGER cut ON outbox; DROP FUNCTION cut()");
    }
    assertThat(stage.standing(record)).isEqualTo("open SourceNotAllowed");
    assertThat(stage.steps("accepted")).isZero();

    assertThat(stage.replay(stage.allowing, record).result()).isEqualTo("APPLIED");
    assertThat(stage.steps("accepted")).isEqualTo(1);
  }

  @Test
  void whatWasDiscardedIsNotReplayed() throws Exception {
    UUID record = stage.ofNewSource(1, "unwanted");

    assertThat(stage.discard(record).result()).isEqualTo("DISCARDED");

    assertThat(stage.replay(stage.allowing, record).message()).isEqualTo("it was discarded before");
    assertThat(stage.steps("accepted")).isZero();
    UUID nobody = UUID.randomUUID();
    assertThat(stage.discard(nobody).message()).isEqualTo("its age was over, it was deleted");
  }

  @Test
  void aRecordOfWhichOnlyTheBeginningIsKeptIsNeverReplayed() throws Exception {
    Records large = stage.snapshot("created", 1);
    String data = new String(large.raw().value(), UTF_8);
    UUID record = stage.refused(large.value(data + " ".repeat(1024 * 1024)), "large");

    assertThat(stage.replay(stage.today, record))
        .extracting(RecordResult::result, r -> r.refusal().reason(), r -> r.refusal().message())
        .containsExactly(
            "REFUSED",
            Reason.TooLarge,
            "the record is larger than what is kept of it, so it cannot be replayed: its producer has to send a smaller one");
  }

  @Test
  void aRecordThatAnOlderVersionKeptIsReplayedUnlessItsKeyWasWrong() throws Exception {
    UUID record = stage.ofNewSource(1, "old");
    UUID wrong = stage.refused(stage.snapshot("created", 1).key("other"), "wrong");
    Refused.asOfAnOlderVersion(stage.database, "id IN ('%s', '%s')".formatted(record, wrong));

    assertThat(stage.replay(stage.today, wrong).result()).isEqualTo("REFUSED");
    assertThat(stage.replay(stage.allowing, record).result()).isEqualTo("APPLIED");
  }

  private String tenantRow() throws Exception {
    return Sql.one(
        stage.database,
        "SELECT CAST(t.* AS text) FROM tenant t WHERE tenant_id = '%s'".formatted(stage.tenant));
  }
}
