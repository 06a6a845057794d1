package dev.berth.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Samples;
import dev.berth.console.stage.Html;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.Open.class)
class TenantsPageTest {

  private final Tenants tenants;

  // A plan of its own keeps a test apart from the other tests' tenants in the same database.
  private final String plan = "p" + UUID.randomUUID().toString().substring(0, 8);
  private final PlanVersion one = new PlanVersion(plan, 1);

  TenantsPageTest(Tenants tenants) {
    this.tenants = tenants;
  }

  @Test
  void aPageLeadsToTheNextByALink() {
    IntStream.range(0, 60).forEach(i -> store(Samples.ready(plan + "-" + (100 + i), one)));

    String first = Html.page("/tenants?phase=&reason=&plan=" + plan);
    String next =
        Html.links(first).stream().filter(it -> it.contains("cursor=")).findFirst().orElseThrow();
    String second = Html.page(next);

    assertThat(first).contains(plan + "-149").doesNotContain(plan + "-150", "First page");
    assertThat(second).contains(plan + "-150", plan + "-159").doesNotContain("Next page");
    assertThat(Html.links(second)).contains("/tenants?plan=" + plan);
  }

  @Test
  void theFormShowsWhatIsAskedFor() {
    store(Samples.blocked(plan + "-a", one), Samples.ready(plan + "-b", one));
    String page =
        Html.page(
            "/tenants?phase=BLOCKED&phase=FAILED&plan=" + plan + "&reason=QuotaTooSmall&limit=7");
    assertThat(page)
        .contains("<option selected>BLOCKED,FAILED</option>", "value=\"QuotaTooSmall\"")
        .contains("name=\"limit\" value=\"7\"", "held back")
        .contains("href=\"/tenants/" + plan + "-a\"")
        .doesNotContain("href=\"/tenants/" + plan + "-b\"");
  }

  @Test
  void nothingFoundSaysWhy() {
    assertThat(Html.page("/tenants?plan=" + plan)).contains("No tenant is as the filter says.");
  }

  @Test
  void whatCannotBeAskedIsSaidInASentence() {
    Response answer = Html.browser().get("/tenants?phase=HAPPY&sort=up&stuckFor=soon");
    assertThat(Html.assertPage(answer, 400))
        .contains("phase must be one or more", "sort is unknown", "stuckFor must be a number")
        .contains("Reason: InvalidParameter.");
  }

  @Test
  void aFullIdJumpsToItsTenantAndABeginningToTheList() {
    store(Samples.ready(plan + "-a", one));
    assertThat(location("/search?q=" + plan + "-a")).endsWith("/tenants/" + plan + "-a");
    assertThat(location("/search?q=" + plan)).endsWith("/tenants?q=" + plan);
    assertThat(location("/search?q=")).endsWith("/tenants");
    assertThat(location("/search?q=%26phase%3DX%0d%0aY")).endsWith("?q=%26phase%3DX%0D%0AY");
  }

  private static String location(String path) {
    Response answer = Html.browser().get(path);
    assertThat(answer.statusCode()).isEqualTo(303);
    return answer.header("Location");
  }

  private void store(Tenant... all) {
    QuarkusTransaction.requiringNew().run(() -> List.of(all).forEach(tenants::remember));
  }
}
