package dev.berth.api.tenants;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static dev.berth.api.stage.ProblemAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.OpenApi;
import dev.berth.api.stage.Samples;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and filters, as the contract describes them. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class TenantListTest {

  private static final String TENANTS = "/api/v1/tenants";

  private final Tenants tenants;

  // A plan of its own keeps a test apart from the other tests' tenants in the same database.
  private final String plan = "p" + UUID.randomUUID().toString().substring(0, 8);
  private final PlanVersion one = new PlanVersion(plan, 1);
  private final PlanVersion two = new PlanVersion(plan, 2);

  TenantListTest(Tenants tenants) {
    this.tenants = tenants;
  }

  @Test
  void pagesHoldEveryTenantOnceInTheOrderOfIds() {
    // Given: ids whose order differs between languages and bytes
    List<String> ids =
        IntStream.range(0, 120).mapToObj(i -> plan + (i % 2 == 0 ? "-" : "a") + i).toList();
    ids.forEach(id -> store(Samples.ready(id, one)));

    // When
    List<Integer> sizes = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      Response answer = get("?plan=" + plan + "&limit=50" + cursor);
      OpenApi.served().assertValid("TenantPage", answer);
      List<String> page = answer.jsonPath().getList("items.tenantId");
      sizes.add(page.size());
      seen.addAll(page);
      String next = answer.jsonPath().getString("nextCursor");
      cursor = next == null ? null : "&cursor=" + next;
    }

    // Then
    assertThat(sizes).containsExactly(50, 50, 20);
    assertThat(seen).isEqualTo(ids.stream().sorted().toList());
  }

  @Test
  void aFullLastPageHasNoCursor() {
    store(Samples.ready(plan + "-a", one), Samples.ready(plan + "-b", one));
    assertThat(get("?plan=" + plan + "&limit=2").asString()).endsWith("\"nextCursor\":null}");
  }

  @Test
  void fiftyIsTheDefaultLimit() {
    IntStream.range(0, 51).forEach(i -> store(Samples.ready(plan + i, one)));
    assertThat(get("?plan=" + plan).jsonPath().getList("items")).hasSize(50);
    assertThat(get("?plan=" + plan + "&limit=500").jsonPath().getList("items")).hasSize(51);
  }

  @Test
  void filtersNarrowByPhaseAndPlan() {
    store(
        Samples.ready(plan + "-a", one),
        Samples.ready(plan + "-b", two),
        Samples.blocked(plan + "-c", two));

    assertThat(ids("?plan=" + plan)).containsExactly(plan + "-a", plan + "-b", plan + "-c");
    assertThat(ids("?plan=" + plan + "@2")).containsExactly(plan + "-b", plan + "-c");
    assertThat(ids("?plan=" + plan + "&phase=READY")).containsExactly(plan + "-a", plan + "-b");
    assertThat(ids("?plan=" + plan + "%402&phase=BLOCKED")).containsExactly(plan + "-c");
    assertThat(ids("?plan=" + plan + "@3")).isEmpty();
    assertThat(ids("?phase=REJECTED&plan=" + plan)).isEmpty();
    assertThat(ids("?phase=READY,BLOCKED&plan=" + plan)).hasSize(3);
    assertThat(ids("?reason=QuotaTooSmall,NoRoom&plan=" + plan)).containsExactly(plan + "-c");
    assertThat(ids("?q=" + plan + "-b")).containsExactly(plan + "-b");
    assertThat(ids("?label=team=red&plan=" + plan)).isEmpty();
    assertThat(ids("?stuckFor=1s&plan=" + plan)).as("no phase of theirs has a beginning").isEmpty();
  }

  @Test
  void aCursorIsGoodForItsFiltersOnly() {
    store(Samples.ready(plan + "-a", one), Samples.ready(plan + "-b", one));
    String cursor = get("?limit=1&plan=" + plan).jsonPath().getString("nextCursor");

    assertThat(ids("?limit=7&plan=" + plan + "&cursor=" + cursor)).containsExactly(plan + "-b");
    for (String other : List.of("", "plan=other&", "phase=READY&plan=" + plan + "&")) {
      assertRefused(get("?" + other + "cursor=" + cursor), "cursor");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=501",
        "limit=-1",
        "limit=1.5",
        "limit=x",
        "limit=",
        "limit=%2B5",
        "limit=99999999999",
        "limit=٣",
        "phase=ready",
        "phase=SUSPENDED",
        "phase=",
        "phase=READY,",
        "phase=READY,%20BLOCKED",
        "reason=NoSuch",
        "label=x",
        "label=a=b,",
        "label=%00=b",
        "stuckFor=15",
        "stuckFor=0m",
        "stuckFor=-1m",
        "stuckFor=1w",
        "stuckFor=999999d",
        "q=",
        "q=%25",
        "q=A",
        "plan=Team",
        "plan=team@",
        "plan=team@0",
        "plan=team@x",
        "plan=",
        "cursor=",
        "cursor=x",
        "cursor=%00",
        "cursor=bnVsbCBudWxsIEFjbWU",
        "limit=5&limit=6",
        "tenant=acme",
        "Phase=READY"
      })
  void aBadParameterIsNamed(String query) {
    assertRefused(get("?" + query), query.substring(0, query.indexOf('=')));
  }

  @Test
  void allBadParametersAreNamedAtOnce() {
    JsonPath problem = assertProblem(get("?x=1&limit=0&phase=no"), 400, "InvalidParameter");
    assertThat(problem.getList("errors.parameter")).containsExactly("x", "phase", "limit");
  }

  private static List<String> ids(String query) {
    return get(query).jsonPath().getList("items.tenantId");
  }

  private static Response get(String rest) {
    return Caller.viewer().get(TENANTS + rest);
  }

  /** Without making them due: nobody shall work on them. */
  private void store(Tenant... all) {
    QuarkusTransaction.requiringNew().run(() -> List.of(all).forEach(tenants::remember));
  }
}
