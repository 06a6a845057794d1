package dev.berth.api.timeline;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static dev.berth.api.stage.ProblemAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.OpenApi;
import dev.berth.api.stage.Samples;
import dev.berth.store.Sql;
import dev.berth.store.outbox.Outbox;
import dev.berth.store.search.Cursor;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class TenantTimelineTest {

  private final Tenants tenants;
  private final Outbox outbox;
  private final DataSource database;

  private final String id = "t" + UUID.randomUUID().toString().substring(0, 8);
  private final Tenant tenant = Samples.ready(id, new PlanVersion("team", 1));

  TenantTimelineTest(Tenants tenants, Outbox outbox, DataSource database) {
    this.tenants = tenants;
    this.outbox = outbox;
    this.database = database;
  }

  /** 25 steps, a second after the other, and a request before each tenth. */
  @BeforeEach
  void aTenantWithAHistory() throws SQLException {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.remember(tenant);
          LongStream.rangeClosed(1, 25)
              .forEach(n -> outbox.add(Samples.step("tenant.lifecycle", tenant, n)));
          outbox.add(Samples.step("tenant.state", tenant, 26));
        });
    Sql.run(
        database,
        "UPDATE outbox SET created_at = timestamptz '2026-11-30T12:00:00Z' + agg_seq * interval '1 s' WHERE aggregateid = '"
            + id
            + "'");
    Sql.run(
        database,
        """
        INSERT INTO inbox (source, event_id, sha256, type, tenant_id, generation, topic, "partition", "offset", headers,
                           payload, verdict, reason, message, arrived_at)
        SELECT '/cp ' || '%1$s', 'e ' || n, 'x', 'dev.berth.tenant.created.v1', '%1$s', n, 'tenant.events', 0, n, '', '',
               CASE n WHEN 10 THEN 'APPLIED' ELSE 'REJECTED' END, CASE n WHEN 20 THEN 'InvalidData' END, 'why',
               timestamptz '2026-11-30T12:00:00Z' + n * interval '1 s'
          FROM (VALUES (10), (20)) sent (n)
        """
            .formatted(id));
  }

  @Test
  void pagesHoldEverythingOnceFromTheNewest() {
    List<String> seen = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      Response answer = get("?limit=4" + cursor);
      OpenApi.served().assertValid("TimelinePage", answer);
      answer
          .jsonPath()
          .<java.util.Map<String, Object>>getList("items")
          .forEach(item -> seen.add(item.getOrDefault("sequence", item.get("id")).toString()));
      String next = answer.jsonPath().getString("nextCursor");
      cursor = next == null ? null : "&cursor=" + next;
    }

    assertThat(seen)
        .isEqualTo(
            Stream.iterate(25, n -> n - 1)
                .limit(25)
                .flatMap(n -> n % 10 == 0 ? Stream.of("" + n, "e " + n) : Stream.of("" + n))
                .toList());
  }

  @Test
  void aRequestIsThereWithItsVerdict() {
    Response answer = get("?outcome=failed");

    assertThat(answer.jsonPath().getList("items")).hasSize(1);
    assertThat(answer.jsonPath().getMap("items[0]"))
        .containsEntry("kind", "request")
        .containsEntry("outcome", "failed")
        .containsEntry("verdict", "REJECTED")
        .containsEntry("reason", "InvalidData")
        .containsEntry("message", "why")
        .containsEntry("id", "e 20")
        .containsEntry("time", "2026-11-30T12:00:20Z")
        .containsEntry("count", 1)
        .doesNotContainKey("sequence");
  }

  @Test
  void whatAPersonDidStandsInItWithWhoAndWhy() throws SQLException {
    Sql.run(
        database,
        """
        INSERT INTO action (id, kind, tenant_id, who, why, at, state, message)
        VALUES (gen_random_uuid(), 'freeze', '%s', 'alice', 'a token leaked', '2026-11-30T12:00:24.5Z', 'DONE', 'frozen')
        """
            .formatted(id));

    Response answer = get("?limit=2");

    OpenApi.served().assertValid("TimelinePage", answer);
    assertThat(answer.jsonPath().getMap("items[1]"))
        .containsEntry("kind", "action")
        .containsEntry("type", "freeze")
        .containsEntry("who", "alice")
        .containsEntry("why", "a token leaked")
        .containsEntry("state", "DONE")
        .containsEntry("message", "frozen")
        .containsEntry("outcome", "ok")
        .doesNotContainKey("verdict");
  }

  @Test
  void aCursorIsGoodForItsTenantAndOutcomeOnly() {
    String cursor = get("?limit=1").jsonPath().getString("nextCursor");

    assertRefused(get("?outcome=ok&cursor=" + cursor), "cursor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+999999999-12-31T00:00:00Z status 1",
        "-0001-01-01T00:00:00Z status 1",
        "2026-11-30T12:00:00Z status 1\0",
        "2026-11-30T12:00:00Z \0 1"
      })
  void aPlaceThatNothingCanHaveIsRefused(String position) {
    String cursor = Cursor.of("timeline of " + id + " null", position);
    assertRefused(get("?cursor=" + cursor), "cursor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"outcome=FAILED", "outcome=", "limit=0", "cursor=x", "since=1h"})
  void aBadParameterIsNamed(String query) {
    assertRefused(get("?" + query), query.substring(0, query.indexOf('=')));
  }

  @Test
  void nobodyHasNone() {
    assertProblem(Caller.viewer().get("/api/v1/tenants/nobody/timeline"), 404, "NotFound");
  }

  private Response get(String query) {
    return Caller.viewer().get("/api/v1/tenants/" + id + "/timeline" + query);
  }
}
