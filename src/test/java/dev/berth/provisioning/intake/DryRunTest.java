package dev.berth.provisioning.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.event.Records;
import dev.berth.provisioning.WithoutACluster;
import dev.berth.store.Sql;
import dev.berth.store.quarantine.Settlements;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A dry run says what a replay would do, and leaves no trace. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class DryRunTest {

  private static final String EVERYTHING =
      """
      SELECT string_agg(what, ' ' ORDER BY what) FROM (
        SELECT relname || '=' || (xpath('/row/c/text()', query_to_xml(
                 'SELECT md5(coalesce(string_agg(CAST(t.* AS text), E''\\n'' ORDER BY CAST(t.* AS text)), '''')) AS c FROM ' || quote_ident(relname) || ' t',
                 false, true, '')))[1]::text AS what
          FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        UNION ALL
        SELECT sequencename || '=' || coalesce(last_value, 0) FROM pg_sequences) everything
      """;

  private final RedriveStage stage;
  private final Settlements settlements;

  DryRunTest(RedriveStage stage, Settlements settlements) {
    this.stage = stage;
    this.settlements = settlements;
  }

  @Test
  void aDryRunOfEveryKindOfRecordIsWhatTheReplayThenDoesAndChangesNothing() throws Exception {
    // Given
    Map<UUID, String> expected = oneOfEachKind();

    // When
    String before = Sql.one(stage.database, EVERYTHING);
    Map<UUID, RecordResult> foreseen = new LinkedHashMap<>();
    expected.keySet().forEach(record -> foreseen.put(record, stage.allowing.foresee(record)));

    // Then
    assertThat(Sql.one(stage.database, EVERYTHING)).isEqualTo(before).contains("outbox_turn=");
    foreseen.forEach((record, told) -> {
      assertThat(told.result() + " " + told.message()).startsWith(expected.get(record));
      RecordResult done = stage.replay(stage.allowing, record);
      assertThat(done)
          .usingRecursiveComparison()
          .ignoringFields(told.result().equals("APPLIED") ? "message" : "none")
          .isEqualTo(told);
    });
    assertThat(Sql.one(stage.database, EVERYTHING)).as("it would be seen").isNotEqualTo(before);
  }

  /** With what a replay is to say of each. */
  private Map<UUID, String> oneOfEachKind() throws Exception {
    stage.take(stage.snapshot("created", 4), "begin");
    String of = " of %s (now 4)".formatted(stage.tenant);
    Map<UUID, String> expected = new LinkedHashMap<>();
    expected.put(stage.refused(stage.snapshot("updated", 5_000_000), "far"), "REJECTED");
    expected.put(stage.ofNewSource(3, "stale"), "STALE");
    expected.put(stage.ofNewSource(5, "next"), "APPLIED as generation 5" + of);
    expected.put(stage.ofNewSource(6, "after"), "APPLIED as generation 6" + of);
    expected.put(
        other(stage.snapshot("created", 9).header("ce_expirytime", "2020-01-01T00:00:00Z")),
        "EXPIRED");
    expected.put(
        other(
            stage
                .snapshot("created", 9)
                .value(
                    "{\"generation\": 9, \"plan\": \"starter\", \"cluster\": \"far\", \"owners\": [{\"kind\": \"Group\", \"name\": \"g\"}]}")),
        "NOT_OURS");
    expected.put(stage.refused(stage.snapshot("created", 9).key(null), "keyless"), "REFUSED");
    expected.put(stage.refused(stage.snapshot("created", 9), "begin"), "REFUSED");
    UUID repeated = stage.ofNewSource(2, "twin");
    stage.replay(stage.allowing, stage.ofNewSource(2, "twin")); // so that the other is a duplicate
    expected.put(repeated, "DUPLICATE");
    expected.put(UUID.randomUUID(), "UNDECIDED");
    return expected;
  }

  private UUID other(Records sent) throws Exception {
    return stage.refused(
        sent.set("ce_source", RedriveStage.NEW_SOURCE), UUID.randomUUID().toString());
  }

  @Test
  void theDatabaseRefusesWhatADryRunWouldWrite() throws Exception {
    UUID record = stage.ofNewSource(1, "kept");
    assertThatThrownBy(() ->
            QuarkusTransaction.requiringNew()
                .run(() -> {
                  settlements.forbidWrites();
                  stage.allowing.replay(record, stage.action);
                }))
        .isInstanceOf(Exception.class);
    assertThat(stage.standing(record)).isEqualTo("open SourceNotAllowed");
  }
}
