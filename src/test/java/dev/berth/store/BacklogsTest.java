package dev.berth.store;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Backlog.Figure;
import dev.berth.store.Backlog.Waiting;
import dev.berth.store.outbox.Outbox;
import dev.berth.store.outbox.OutboxTest;
import dev.berth.store.tenants.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
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
    assertThat(backlogs.read().phases()).isEmpty();
    assertThat(backlogs.read().total(Figure.DUE)).isEqualTo(new Waiting(0, Duration.ZERO));
    save("acme");
    Sql.run(dataSource, "UPDATE tenant SET next_run_at = now() - interval '90 seconds'");
    QuarkusTransaction.requiringNew()
        .run(() -> outbox.add(OutboxTest.message("lifecycle", "a", 1)));
    Sql.run(dataSource, "UPDATE outbox SET created_at = now() - interval '30 seconds'");
    assertThat(backlogs.read().phases()).containsOnlyKeys("ACCEPTED");
    assertWaits(Figure.DUE, 1, 90);
    assertWaits(Figure.UNPUBLISHED, 1, 30);
    assertWaits(Figure.SET_ASIDE, 0, 0);

    Sql.run(dataSource, "UPDATE outbox SET set_aside_at = now(), failure = 'RecordTooLarge'");
    assertWaits(Figure.UNPUBLISHED, 0, 0);
    assertWaits(Figure.SET_ASIDE, 1, 30);
  }

  @Test
  void whatWaitsForAnotherEventIsNotAmongThoseWhoseTenantCannotBeRead() throws Exception {
    Sql.run(
        dataSource,
        "INSERT INTO inbox (source, event_id, sha256, type, tenant_id, generation, topic, \"partition\", \"offset\", headers, payload)"
            + " SELECT '/s', n, '', '', 'acme', 1, '', 0, 0, '', '' FROM unnest(ARRAY['a', 'b']) n");
    Sql.run(
        dataSource,
        "INSERT INTO parked (source, event_id, until) VALUES ('/s', 'a', now()), ('/s', 'b', NULL)");
    assertThat(backlogs.read().total(Figure.PARKED).number()).isEqualTo(1);
  }

  /** G7: during a rolling upgrade a newer version has phases that this one does not know. */
  @Test
  void aPhaseOfANewerVersionIsCountedUnderItsOwnName() throws Exception {
    save("acme");
    Sql.run(dataSource, "UPDATE tenant SET phase = 'HIBERNATED'");
    assertThat(backlogs.read().phases()).containsOnlyKeys("HIBERNATED");
  }

  @Test
  void aTenantIsUnsettledSinceItWasAcceptedOrWasReadyNoMore() throws Exception {
    save("new");
    becomes("new", "ACCEPTED", condition("Accepted", "True", "Accepted", 100));
    assertThat(oldest("ACCEPTED")).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(130));

    becomes(
        "new",
        "DEGRADED",
        condition("Accepted", "True", "Accepted", 5000),
        condition("AccessReady", "False", "AccessClosed", 10),
        condition("Ready", "False", "PolicyMissing", 200));
    assertThat(oldest("DEGRADED")).isBetween(Duration.ofSeconds(200), Duration.ofSeconds(230));

    becomes("new", "READY", condition("Ready", "True", "Provisioned", 9000));
    assertThat(oldest("READY")).isZero();
  }

  @Test
  void whoWaitsAndWhoCannotLeaveIsCountedByItsReason() throws Exception {
    for (String tenant : List.of("a", "b", "c", "d")) {
      save(tenant);
    }
    becomes("a", "WAITLISTED", condition("Ready", "False", "NoRoom", 1));
    becomes("b", "WAITLISTED", condition("Ready", "False", "NodePoolFull", 1));
    becomes(
        "c",
        "BLOCKED",
        condition("Ready", "True", "Provisioned", 1),
        condition("Offboarding", "True", "DeletionBlocked", 1));
    becomes("d", "BLOCKED", condition("Ready", "False", "PlanUnknown", 1));

    assertThat(numbers(Figure.WAITLISTED)).isEqualTo(Map.of("NoRoom", 1L, "NodePoolFull", 1L));
    assertThat(numbers(Figure.DELETION)).isEqualTo(Map.of("DeletionBlocked", 1L));
    assertThat(numbers(Figure.PLAN)).isEqualTo(Map.of("team 2", 4L));
  }

  @Test
  void sandboxesAreCountedByTheNodesThatTheyShare() throws Exception {
    save("a");
    Sql.run(
        dataSource,
        """
        INSERT INTO placement (tenant_id, pool, priority, arrived_at, memory, cpu, sandboxes, wanted_memory, wanted_cpu, wanted_sandboxes)
        VALUES ('a', '{kata=yes}', 1, now(), 9223372036854775807, 1, 8, 2048, 1, 2)\
        """);

    assertThat(numbers(Figure.SANDBOXES))
        .isEqualTo(Map.of("{kata=yes} promised", 8L, "{kata=yes} wanted", 2L));
    assertThat(numbers(Figure.MEMORY))
        .isEqualTo(Map.of("{kata=yes} promised", Long.MAX_VALUE, "{kata=yes} wanted", 2048L));
    assertThat(numbers(Figure.NAMESPACE))
        .isEqualTo(Map.of("{kata=yes} tenant-a", 1L, "{kata=yes} tenant-a--jobs", 1L));
  }

  @Test
  void whatWasRefusedIsCountedUntilSomebodyTakesCareOfIt() throws Exception {
    for (String state : List.of("open", "replayed", "discarded", "open")) {
      Sql.run(
          dataSource,
          """
          INSERT INTO refused (id, topic, "partition", "offset", sha256, reason, headers, state, refused_at)
          SELECT gen_random_uuid(), 't', 0, count(*), 's', 'NoKey', '', '%s', now() - interval '3 days' FROM refused\
          """
              .formatted(state));
    }

    assertThat(numbers(Figure.QUARANTINE)).isEqualTo(Map.of("NoKey", 2L));
  }

  /** G7: one row that cannot be read hides no other. */
  @Test
  void aRowThatCannotBeReadSpoilsNoFigure() throws Exception {
    save("good");
    save("bad");
    save("worse");
    becomes("good", "BLOCKED", condition("Ready", "False", "PlanUnknown", 60));
    Sql.run(
        dataSource,
        "UPDATE tenant SET phase = 'BLOCKED', conditions = '7' WHERE tenant_id = 'bad'");
    Sql.run(
        dataSource,
        "UPDATE tenant SET phase = 'BLOCKED', conditions = '[7, {\"type\": \"Ready\", \"status\": \"False\", \"lastTransitionTime\": \"soon\"}]' WHERE tenant_id = 'worse'");

    assertThat(backlogs.read().phases().get("BLOCKED").number()).isEqualTo(3);
    assertThat(oldest("BLOCKED")).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
  }

  private void save(String tenant) {
    QuarkusTransaction.requiringNew().run(() -> tenants.save(Samples.tenant(tenant)));
  }

  private void becomes(String tenant, String phase, String... conditions) throws Exception {
    Sql.run(
        dataSource,
        "UPDATE tenant SET phase = '%s', conditions = '[%s]' WHERE tenant_id = '%s'"
            .formatted(phase, String.join(",", conditions), tenant));
  }

  private static String condition(String type, String status, String reason, int secondsAgo) {
    return """
    {"type": "%s", "status": "%s", "reason": "%s", "lastTransitionTime": "%s"}\
    """
        .formatted(type, status, reason, Instant.now().minusSeconds(secondsAgo));
  }

  private Duration oldest(String phase) {
    return backlogs.read().phases().get(phase).oldest();
  }

  private void assertWaits(Figure figure, long number, long seconds) {
    Waiting waiting = backlogs.read().total(figure);
    assertThat(waiting.number()).isEqualTo(number);
    assertThat(waiting.oldest())
        .isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds + 30));
  }

  private Map<String, Long> numbers(Figure figure) {
    return backlogs
        .read()
        .of(figure)
        .collect(toMap(row -> (row.label() + " " + row.detail()).strip(), Backlog.Tally::number));
  }
}
