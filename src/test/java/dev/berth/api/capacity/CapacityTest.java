package dev.berth.api.capacity;

import static dev.berth.api.stage.ProblemAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.OpenApi;
import dev.berth.api.stage.Samples;
import dev.berth.api.stage.Stand;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Overhead;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.capacity.Pool;
import dev.berth.plan.capacity.Room;
import dev.berth.plan.capacity.Usage;
import dev.berth.store.search.Cursor;
import dev.berth.store.tenants.Placements;
import dev.berth.store.tenants.Placements.Applicant;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class CapacityTest {

  private static final String PATH = "/api/v1/capacity";
  private static final Duration KEPT = Duration.ofSeconds(5);
  private static final long GIB = 1L << 30;
  private static final Room ONE = new Room(GIB, 500, 1);

  private final Tenants tenants;
  private final Placements placements;

  private final String id = "c" + UUID.randomUUID().toString().substring(0, 8);

  /** A pool of its own keeps a test apart from the others. */
  private final SandboxClass kata =
      new SandboxClass(
          "kata-" + id,
          "kata",
          new Overhead(160L << 20, 250),
          new SandboxClass.Places(
              Map.of("pool", id),
              List.of(),
              List.of(new SandboxClass.Nodes(2, 8 * GIB, 4000, 110)),
              List.of("dedicated")),
          SandboxClass.Canary.DEFAULTS);

  private final Pool pool = Pool.of(kata);

  CapacityTest(Tenants tenants, Placements placements) {
    this.tenants = tenants;
    this.placements = placements;
  }

  @BeforeEach
  void oneIsInAndThreeWait() {
    applicant("in", 10, true);
    List.of("b", "c").forEach(name -> applicant(name, 10, false));
    applicant("first", 90, false);
    Stand.FACTS.set(
        new ClusterFacts(true, List.of(kata), Stand.KNOWN.admission(), Stand.KNOWN.network()));
    Stand.USAGE.set(new Usage(ONE, new Room(GIB / 2, 250, 1)));
    Stand.goesOn(KEPT);
  }

  @AfterEach
  void nothingIsKnown() {
    Stand.FACTS.set(ClusterFacts.UNKNOWN);
    Stand.USAGE.set(null);
  }

  @Test
  void aPoolIsShownWithWhatItHasAndWhoWaits() {
    Response answer = Caller.viewer().get(PATH);

    OpenApi.served().assertValid("Capacity", answer);
    JsonPath shown = pool(answer);
    assertThat(shown.getString("classes[0].name")).isEqualTo("kata-" + id);
    assertThat(shown.getList("classes[0].taints")).containsExactly("dedicated");
    assertThat(shown.getInt("nodes.ready")).isEqualTo(2);
    assertThat(shown.getLong("nodes.allocatable.memory")).isEqualTo(16 * GIB);
    assertThat(shown.getLong("rooms.promised.memory")).isEqualTo(GIB);
    assertThat(shown.getLong("rooms.free.memory")).isEqualTo(15 * GIB);
    assertThat(shown.getLong("rooms.wanted.sandboxes")).isEqualTo(3);
    assertThat(shown.getLong("rooms.used.memory")).as("of four namespaces").isEqualTo(2 * GIB);
    assertThat(shown.getInt("line.waiting")).isEqualTo(3);
    assertThat(shown.getInt("line.held")).isEqualTo(2);
    assertThat(shown.getList("line.first.tenantId"))
        .containsExactly(id + "first", id + "b", id + "c");
  }

  /** It takes all tenants to read. */
  @Test
  void itIsReadOnceInFiveSecondsHoweverManyAsk() {
    Stand.whileTimeStands(() -> {
      Response first = Caller.viewer().get(PATH);
      applicant("late", 5, false);
      nothingIsKnown();

      Response again = Caller.viewer().get(PATH);
      Response repeat = Caller.viewer().header("If-None-Match", first.header("ETag")).get(PATH);

      assertThat(again.asString()).isEqualTo(first.asString()).contains("readAt");
      assertThat(repeat.statusCode()).isEqualTo(304);

      Stand.goesOn(KEPT);
      Response later = Caller.viewer().header("If-None-Match", first.header("ETag")).get(PATH);
      assertThat(later.statusCode()).isEqualTo(200);
      assertThat(later.jsonPath().getBoolean("factsKnown")).isFalse();
      assertThat(pool(later).getInt("line.waiting")).isEqualTo(4);
    });
  }

  @Test
  void whatIsNotKnownIsNotSaid() {
    nothingIsKnown();

    Response answer = Caller.viewer().get(PATH);

    OpenApi.served().assertValid("Capacity", answer);
    assertThat(answer.jsonPath().getBoolean("factsKnown")).isFalse();
    JsonPath shown = pool(answer);
    assertThat(shown.getString("nodes")).isNull();
    assertThat(shown.getString("rooms.free")).isNull();
    assertThat(shown.getString("rooms.used")).isNull();
    assertThat(shown.getLong("rooms.promised.memory")).isEqualTo(GIB);
  }

  @Test
  void theLineHasPages() {
    String line = pool(Caller.viewer().get(PATH)).getString("line.rest");

    Response one = Caller.viewer().get(line + "&limit=2");
    OpenApi.served().assertValid("LinePage", one);
    String cursor = one.jsonPath().getString("nextCursor");
    Response two = Caller.viewer().get(line + "&limit=2&cursor=" + cursor);

    assertThat(one.jsonPath().getList("items.tenantId")).containsExactly(id + "first", id + "b");
    assertThat(two.jsonPath().getList("items.tenantId")).containsExactly(id + "c");
    assertThat(two.jsonPath().getString("nextCursor")).isNull();
    assertRefused(Caller.viewer().get("/api/v1/capacity/line?pool=x&cursor=" + cursor), "cursor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pool", "limit"})
  void aBadParameterOfTheLineIsNamed(String parameter) {
    String query = parameter.equals("pool") ? "" : "?pool=x&limit=0";
    assertRefused(Caller.viewer().get("/api/v1/capacity/line" + query), parameter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 +999999999-01-01T00:00:00Z a",
        "1 -0001-01-01T00:00:00Z a",
        "1 10000-01-01T00:00:00Z a",
        "1 2026-11-30T12:00:00Z a\0",
        "-2147483648 2026-11-30T12:00:00Z a",
        "2147483648 2026-11-30T12:00:00Z a"
      })
  void aPlaceInTheLineThatNoneCanHaveIsRefused(String position) {
    String cursor = Cursor.of("line of x", position);
    assertRefused(Caller.viewer().get("/api/v1/capacity/line?pool=x&cursor=" + cursor), "cursor");
  }

  @Test
  void aPoolThatNoneCanBeIsRefused() {
    assertRefused(Caller.viewer().get("/api/v1/capacity/line?pool=%00"), "pool");
  }

  private JsonPath pool(Response answer) {
    Map<String, Object> shown =
        answer.jsonPath().getMap("pools.find { it.pool == '" + pool.name() + "' }");
    assertThat(shown).isNotNull();
    return answer.jsonPath().setRootPath("pools.find { it.pool == '" + pool.name() + "' }");
  }

  private void applicant(String name, int priority, boolean placed) {
    TenantId tenant = new TenantId(id + name);
    Applicant applicant = new Applicant(tenant, pool, priority);
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.remember(Samples.ready(tenant.value(), new PlanVersion("team", 1)));
          if (placed) {
            placements.place(applicant, ONE);
          } else {
            placements.await(applicant, ONE);
          }
        });
  }
}
