package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.outbox.Outbox;
import dev.berth.store.outbox.OutboxTest;
import dev.berth.store.tenants.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(StoreAlone.class)
class BacklogsTest {

  @Inject Backlogs backlogs;
  @Inject Tenants tenants;
  @Inject Outbox outbox;
  @Inject DataSource dataSource;

  @BeforeEach
  void emptyTables() throws Exception {
    Sql.empty(dataSource);
  }

  @Test
  void theBacklogTellsWhatWaitsAndForHowLong() throws Exception {
    assertThat(backlogs.read())
        .isEqualTo(new Backlog(Map.of(), 0, Duration.ZERO, 0, Duration.ZERO, 0, Duration.ZERO, 0));
    QuarkusTransaction.requiringNew().run(() -> tenants.save(Samples.tenant("acme")));
    Sql.run(dataSource, "UPDATE tenant SET next_run_at = now() - interval '90 seconds'");
    QuarkusTransaction.requiringNew()
        .run(() -> outbox.add(OutboxTest.message("lifecycle", "a", 1)));
    Sql.run(dataSource, "UPDATE outbox SET created_at = now() - interval '30 seconds'");
    Backlog backlog = backlogs.read();
    assertThat(backlog.tenants()).isEqualTo(Map.of("ACCEPTED", 1L));
    assertThat(backlog.due()).isEqualTo(1);
    assertThat(backlog.oldestDue()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(120));
    assertThat(backlog.unpublished()).isEqualTo(1);
    assertThat(backlog.oldestUnpublished())
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    assertThat(backlog.setAside()).isZero();

    Sql.run(dataSource, "UPDATE outbox SET set_aside_at = now(), failure = 'RecordTooLarge'");
    backlog = backlogs.read();
    assertThat(backlog.unpublished()).isZero();
    assertThat(backlog.setAside()).isEqualTo(1);
    assertThat(backlog.oldestSetAside()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
  }

  /** G7: during a rolling upgrade a newer version has phases that this one does not know. */
  @Test
  void aPhaseOfANewerVersionIsCountedUnderItsOwnName() throws Exception {
    QuarkusTransaction.requiringNew().run(() -> tenants.save(Samples.tenant("acme")));
    Sql.run(dataSource, "UPDATE tenant SET phase = 'HIBERNATED'");
    assertThat(backlogs.read().tenants()).isEqualTo(Map.of("HIBERNATED", 1L));
  }
}
