package dev.berth.provisioning.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.provisioning.WithoutACluster;
import dev.berth.store.Sql;
import dev.berth.store.quarantine.QuarantineSearch.Mark;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many records at once: each on its own, and so many by one action. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class RedriveByFilterTest {

  private final RedriveStage stage;

  RedriveByFilterTest(RedriveStage stage) {
    this.stage = stage;
  }

  @Test
  void byFilterEachIsOnItsOwnAndInTheOrderInWhichTheyCame() throws Exception {
    UUID first = stage.ofNewSource(1, "one");
    UUID second = stage.ofNewSource(2, "two");
    UUID third = stage.ofNewSource(3, "three");
    Sql.run(
        stage.database, "UPDATE refused SET payload = '\\x00' WHERE id = '%s'".formatted(second));

    Redrive.Batch batch = stage.allowing.replayEach(stage.mine(), null, stage.by());

    assertThat(batch.results())
        .extracting(RecordResult::id, RecordResult::result)
        .containsExactly(
            tuple(first, "APPLIED"), tuple(second, "REFUSED"), tuple(third, "APPLIED"));
    assertThat(batch.left()).isZero();
    assertThat(batch.last()).isNull();
  }

  @Test
  void aTenantThatCannotBeReadHoldsUpNoOtherRecord() throws Exception {
    stage.take(stage.snapshot("created", 1), "begin");
    UUID held = stage.ofNewSource(2, "held");
    Sql.run(
        stage.database,
        "UPDATE tenant SET desired = '{\"mode\":\"HIBERNATED\"}' WHERE tenant_id = '%s'"
            .formatted(stage.tenant));

    Redrive.Batch batch = stage.allowing.replayEach(stage.mine(), null, stage.by());

    assertThat(batch.results())
        .singleElement()
        .satisfies(result -> {
          assertThat(result.result()).isEqualTo("UNDECIDED");
          assertThat(result.message()).contains("cannot read what is stored of its tenant");
        });
    assertThat(stage.standing(held)).isEqualTo("open SourceNotAllowed");
  }

  @Test
  void anActionTakesCareOfSoManyAndSaysHowManyAreLeft() throws Exception {
    Sql.run(
        stage.database,
        """
        INSERT INTO refused (id, topic, "partition", "offset", sha256, claimed_tenant, reason, message, headers, sent_at)
        SELECT gen_random_uuid(), 'tenant.events', 0, 900000 + n, '%1$s', '%1$s', 'NoKey', 'why', '', now()
          FROM generate_series(1, 503) n\
        """
            .formatted(stage.tenant));

    Redrive.ActionOf earlier =
        new Redrive.ActionOf(stage.action, new Mark(Instant.EPOCH, stage.action));
    assertThat(stage.today.discardEach(stage.mine(), null, earlier).results())
        .as("behind the last one that the action is about")
        .isEmpty();

    Redrive.Batch batch = stage.today.discardEach(stage.mine(), null, stage.by());

    assertThat(batch.results()).hasSize(500).allMatch(it -> it.result().equals("DISCARDED"));
    assertThat(batch.left()).isEqualTo(3);
    Redrive.Batch rest =
        stage.today.discardEach(stage.mine(), batch.last(), stage.by(batch.last()));
    assertThat(rest.results()).hasSize(3);
    assertThat(stage.today.last(stage.mine(), null)).as("none is open").isNull();
  }
}
