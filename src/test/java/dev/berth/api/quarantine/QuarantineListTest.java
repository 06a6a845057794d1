package dev.berth.api.quarantine;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static dev.berth.api.stage.ProblemAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.OpenApi;
import dev.berth.store.Sql;
import dev.berth.store.quarantine.QuarantineFilter;
import dev.berth.store.quarantine.QuarantineSearch.Mark;
import dev.berth.store.quarantine.Refusals;
import dev.berth.store.quarantine.Refused;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quarantine as it is read: pages, filters and single records. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class QuarantineListTest {

  private static final String QUARANTINE = "/api/v1/quarantine";

  private final Refusals refusals;
  private final DataSource database;

  // A source of its own keeps a test apart from the other tests' records in the same database.
  private final String source = "/s" + UUID.randomUUID();

  QuarantineListTest(Refusals refusals, DataSource database) {
    this.refusals = refusals;
    this.database = database;
  }

  @Test
  void pagesHoldEveryRecordOnceNewestFirst() {
    IntStream.range(0, 7).forEach(i -> add("t" + i, Reason.InvalidData));

    List<String> seen = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      Response answer = get("?source=" + source + "&limit=3" + cursor);
      OpenApi.served().assertValid("QuarantinePage", answer);
      seen.addAll(answer.jsonPath().getList("items.claimedTenant"));
      String next = answer.jsonPath().getString("nextCursor");
      cursor = next == null ? null : "&cursor=" + next;
    }

    assertThat(seen).containsExactly("t6", "t5", "t4", "t3", "t2", "t1", "t0");
  }

  @Test
  void filtersNarrowAndACursorIsGoodForItsFiltersOnly() throws Exception {
    add("acme", Reason.InvalidData);
    add("acme", Reason.NoKey);
    add("umbrella", Reason.NoKey);
    Sql.run(
        database,
        "UPDATE refused SET state = 'discarded' WHERE claimed_tenant = 'umbrella' AND claimed_source = '%s'"
            .formatted(source));
    String mine = "?source=" + source;

    assertThat(tenants(mine)).hasSize(3);
    assertThat(tenants(mine + "&reason=NoKey")).containsExactly("umbrella", "acme");
    assertThat(tenants(mine + "&reason=NoKey,InvalidData&tenant=acme")).hasSize(2);
    assertThat(tenants(mine + "&state=open")).containsExactly("acme", "acme");
    assertThat(tenants(mine + "&state=discarded")).containsExactly("umbrella");
    assertThat(tenants(mine + "&topic=tenant.events")).hasSize(3);
    assertThat(tenants(mine + "&topic=others")).isEmpty();
    assertThat(tenants(mine + "&since=2020-01-01T00:00:00Z")).hasSize(3);
    assertThat(tenants(mine + "&since=2999-01-01T00:00:00Z")).isEmpty();

    String cursor = get(mine + "&limit=1").jsonPath().getString("nextCursor");
    assertThat(tenants(mine + "&cursor=" + cursor)).hasSize(2);
    assertRefused(get(mine + "&state=open&cursor=" + cursor), "cursor");
    assertRefused(get("?cursor=" + cursor), "cursor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0001-12-31T00:00:00Z", "+999999999-12-31T23:59:59.999999999Z"})
  void aPlaceThatNoRecordCanHaveIsRefused(String time) {
    QuarantineFilter all = new QuarantineFilter(Set.of(), QuarantineFilter.ANY, null, null, null);
    String cursor = new Mark(Instant.parse(time), UUID.randomUUID()).cursor(all);
    assertRefused(get("?cursor=" + cursor), "cursor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=501",
        "reason=no",
        "state=OPEN",
        "state=",
        "since=1h",
        "since=2026-13-01T00:00:00Z",
        "since=-0001-12-31T00:00:00Z",
        "since=%2B10000-01-01T00:00:00Z",
        "since=-999999999-01-01T00:00:00Z",
        "source=",
        "source=%00",
        "tenant=",
        "topic=",
        "cursor=x",
        "phase=READY"
      })
  void aBadParameterIsNamed(String query) {
    assertRefused(get("?" + query), query.substring(0, query.indexOf('=')));
  }

  @Test
  void oneRecordIsShownWithAllThatIsWrongButWithoutItsContent() {
    add("acme", Reason.InvalidData);
    String id = get("?source=" + source).jsonPath().getString("items[0].id");

    Response answer = get("/" + id);

    OpenApi.served().assertValid("QuarantinedRecord", answer);
    assertThat(answer.jsonPath().getMap(""))
        .containsEntry("topic", "tenant.events")
        .containsEntry("partition", 4)
        .containsEntry("claimedSource", source)
        .containsEntry("claimedId", "e1")
        .containsEntry("claimedType", "dev.berth.tenant.created.v1")
        .containsEntry("claimedTenant", "acme")
        .containsEntry("reason", "InvalidData")
        .containsEntry("message", "sandboxes must be a number")
        .containsEntry("actor", "CONTROL_PLANE_TEAM")
        .containsEntry("state", "open")
        .containsEntry("result", null)
        .containsEntry("action", null)
        .containsKeys("refusedAt", "offset", "sha256", "nextStep", "answer", "actedAt")
        .doesNotContainKeys("payload", "headers");
    assertThat(answer.jsonPath().getString("errors[0].pointer")).isEqualTo("/sandboxes");
    assertThat(answer.jsonPath().getInt("size")).isEqualTo(18);
  }

  @Test
  void whatAnOlderVersionDidNotKeepIsToldByTheRecordItself() throws Exception {
    QuarkusTransaction.requiringNew()
        .run(() ->
            refusals.add(
                Refused.of(source, "acme", new Refusal(Reason.NotCloudEvent, "of the time"))));
    Refused.asOfAnOlderVersion(database, "claimed_source = '%s'".formatted(source));
    String id = get("?source=" + source).jsonPath().getString("items[0].id");

    Response answer = get("/" + id);

    OpenApi.served().assertValid("QuarantinedRecord", answer);
    assertThat(answer.jsonPath().getString("message")).contains("specversion");
  }

  @Test
  void whatHoldsControlAndBidirectionalCharactersIsPlainJson() {
    QuarkusTransaction.requiringNew()
        .run(() ->
            refusals.add(
                Refused.of(
                    source, "<script>", new Refusal(Reason.NoKey, "a\u001b[31m\u202e<b>\u0007"))));

    Response answer = get("?source=" + source);

    OpenApi.served().assertValid("QuarantinePage", answer);
    assertThat(answer.contentType()).startsWith("application/json");
    assertThat(answer.jsonPath().getString("items[0].message"))
        .isEqualTo("a\u001b[31m\u202e<b>\u0007");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertProblem(get("/" + UUID.randomUUID()), 404, "NotFound");
    assertProblem(get("/7"), 404, "NotFound");
    assertRefused(get("/" + UUID.randomUUID() + "?x=1"), "x");
  }

  private static List<String> tenants(String query) {
    return get(query).jsonPath().getList("items.claimedTenant");
  }

  private static Response get(String rest) {
    return Caller.viewer().get(QUARANTINE + rest);
  }

  private void add(String tenant, Reason reason) {
    QuarkusTransaction.requiringNew().run(() -> refusals.add(Refused.of(source, tenant, reason)));
  }
}
