package dev.berth.store.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Samples;
import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class FleetTest {

  @Inject Fleet fleet;
  @Inject Tenants tenants;
  @Inject DataSource dataSource;

  @BeforeEach
  void emptyTables() throws Exception {
    Sql.empty(dataSource);
  }

  @Test
  void countsTenantsByPhaseAlsoByOneOfANewerVersion() throws Exception {
    save(Samples.ready(Samples.tenant("a")));
    save(Samples.ready(Samples.tenant("b")));
    save(Samples.tenant("c"));
    save(Samples.tenant("silent").with(Status.NONE));
    Sql.run(dataSource, "UPDATE tenant SET phase = 'HIBERNATED' WHERE tenant_id = 'c'");

    assertThat(fleet.phases()).isEqualTo(Map.of("READY", 2L, "HIBERNATED", 1L));
  }

  @Test
  void whoIsNotSettledIsGroupedByPhaseAndReasonTheLongestFirst() throws Exception {
    IntStream.range(0, 7).forEach(i -> save(Samples.tenant("t" + i)));
    save(Samples.ready(Samples.tenant("settled")));
    Sql.run(
        dataSource,
        "UPDATE tenant SET phase_since = '2026-11-24T18:00:00Z'::timestamptz - substr(tenant_id, 2)::int * interval '1 s'"
            + " WHERE tenant_id LIKE 't_'");
    Sql.run(
        dataSource,
        "UPDATE tenant SET phase = 'BLOCKED', reason = 'NameTaken' WHERE tenant_id = 't3'");

    List<Fleet.Group> groups = fleet.unsettled();

    assertThat(groups)
        .containsExactly(
            new Fleet.Group(
                "ACCEPTED",
                "Accepted",
                6,
                Instant.parse("2026-11-24T17:59:54Z"),
                List.of("t6", "t5", "t4", "t2", "t1")),
            new Fleet.Group(
                "BLOCKED", "NameTaken", 1, Instant.parse("2026-11-24T17:59:57Z"), List.of("t3")));
  }

  @Test
  void whoWasThereBeforeTheTimeWasKeptIsTheOldest() throws Exception {
    List.of("a", "b").forEach(id -> save(Samples.tenant(id)));
    Sql.run(dataSource, "UPDATE tenant SET phase_since = NULL WHERE tenant_id = 'b'");

    assertThat(fleet.unsettled())
        .singleElement()
        .satisfies(group -> assertThat(group.examples()).containsExactly("b", "a"));
  }

  @Test
  void whoWasRejectedBeforeReasonsHadAColumnIsFoundOnceMigrated() throws Exception {
    save(Samples.tenant("old"));
    Sql.run(
        dataSource,
        """
        UPDATE tenant SET phase = 'REJECTED', reason = NULL, phase_since = NULL, conditions = '[
          {"type": "Ready", "reason": "Rejected", "lastTransitionTime": "2026-11-20T10:00:00Z"},
          {"type": "Accepted", "reason": "InvalidOwners", "lastTransitionTime": "2026-11-20T11:00:00Z"}]'
        """);

    try (InputStream migration =
        FleetTest.class.getResourceAsStream("/db/migration/V15__reasons_of_rejected.sql")) {
      Sql.run(dataSource, new String(migration.readAllBytes(), UTF_8));
    }

    assertThat(fleet.unsettled())
        .containsExactly(
            new Fleet.Group(
                "REJECTED",
                "InvalidOwners",
                1,
                Instant.parse("2026-11-20T11:00:00Z"),
                List.of("old")));
  }

  private void save(Tenant tenant) {
    QuarkusTransaction.requiringNew().run(() -> tenants.save(tenant));
  }
}
