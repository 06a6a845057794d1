package dev.berth.provisioning.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.provisioning.WithoutACluster;
import dev.berth.provisioning.actions.Performer.Asked;
import dev.berth.store.Sql;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.actions.Actions;
import dev.berth.store.quarantine.QuarantineFilter;
import dev.berth.store.quarantine.QuarantineFilter.Provenance;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An action on many records is over in the end, whoever began it. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class BulkRedriveTest {

  private final BulkRedrive bulk;
  private final Performer performer;
  private final Actions actions;
  private final DataSource database;
  private final String tenant = "b" + UUID.randomUUID().toString().substring(0, 8);

  BulkRedriveTest(BulkRedrive bulk, Performer performer, Actions actions, DataSource database) {
    this.bulk = bulk;
    this.performer = performer;
    this.actions = actions;
    this.database = database;
  }

  /** The replica that took the action, which is about 500 of 502 records, ended after three. */
  @Test
  void whatAReplicaLeftUndoneAnotherGoesOnWith() throws Exception {
    refused(502);
    Action begun = begin();
    Sql.run(
        database,
        "UPDATE refused SET state = 'discarded', action = '%s' WHERE claimed_tenant = '%s' AND \"offset\" <= 3"
            .formatted(begun.id(), tenant));

    bulk.goOn();
    assertThat(state(begun)).as("its replica may still be at it").isEqualTo(Action.State.PENDING);
    Sql.run(
        database,
        "UPDATE action SET at = now() - interval '3 minutes' WHERE id = '%s'"
            .formatted(begun.id()));
    bulk.goOn();

    Action.Result result = actions.find(begun.id()).orElseThrow().result();
    assertThat(result.state()).isEqualTo(Action.State.DONE);
    assertThat(result.message()).isEqualTo("DISCARDED 500; 2 are left");
    assertThat(result.after().path("results").path("DISCARDED").asInt()).isEqualTo(500);
    assertThat(bulk.carryOut(actions.find(begun.id()).orElseThrow()).result())
        .as("one that is over stays as it is")
        .isEqualTo(result);
  }

  @Test
  void whatIsOpenBehindTheLastRecordIsLeftForTheNextAction() throws Exception {
    refused(501);

    Action done = bulk.carryOut(begin());

    assertThat(done.result().message()).isEqualTo("DISCARDED 500; 1 are left");
    assertThat(done.result().after().path("nextCursor").asText()).isNotEmpty();
    assertThat(bulk.carryOut(begin()).result().message()).isEqualTo("DISCARDED 1; 0 are left");
  }

  @Test
  void whatComesAfterTheActionWasTakenIsLeft() throws Exception {
    refused(2);
    Action begun = begin();
    refused(1);

    assertThat(bulk.carryOut(begun).result().message()).isEqualTo("DISCARDED 2; 1 are left");
  }

  /** It was slow, and another replica ended the action; then a person opened a record again. */
  @Test
  void aReplicaThatComesLateDoesNothing() throws Exception {
    refused(2);
    Action begun = begin();
    bulk.carryOut(begun);
    Sql.run(
        database,
        "UPDATE refused SET state = 'open', action = NULL WHERE claimed_tenant = '%s'"
            .formatted(tenant));

    bulk.carryOut(begun);

    assertThat(
            Sql.one(
                database,
                "SELECT count(*) FROM refused WHERE claimed_tenant = '%s' AND state = 'open'"
                    .formatted(tenant)))
        .isEqualTo("2");
  }

  private Action begin() {
    BulkRedrive.Order order =
        new BulkRedrive.Order(
            new QuarantineFilter(Set.of(), new Provenance(null, tenant, null), null, null, null),
            null);
    return performer.perform(
        new Asked(
            ActionKind.DISCARD,
            new Action.About(null, null),
            "alice",
            "noise",
            new Actions.Once(UUID.randomUUID().toString(), "sha")),
        bulk.effect(order));
  }

  private Action.State state(Action action) {
    return actions.find(action.id()).orElseThrow().result().state();
  }

  private void refused(int number) throws Exception {
    Sql.run(
        database,
        """
        INSERT INTO refused (id, topic, "partition", "offset", sha256, claimed_tenant, reason, message, headers, sent_at,
                             refused_at)
        SELECT gen_random_uuid(), 'tenant.events', 0,
               n + (SELECT count(*) FROM refused WHERE claimed_tenant = '%1$s'), '%1$s', '%1$s', 'NoKey', 'why', '', now(),
               clock_timestamp() - interval '1 hour'
          FROM generate_series(1, %2$d) n\
        """
            .formatted(tenant, number));
  }
}
