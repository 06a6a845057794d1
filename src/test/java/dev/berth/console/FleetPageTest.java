package dev.berth.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Samples;
import dev.berth.console.stage.Html;
import dev.berth.store.Sql;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.Open.class)
class FleetPageTest {

  private final Tenants tenants;
  private final DataSource database;
  private final String id = "f" + UUID.randomUUID().toString().substring(0, 8);
  private final PlanVersion plan = new PlanVersion("team", 1);

  FleetPageTest(Tenants tenants, DataSource database) {
    this.tenants = tenants;
    this.database = database;
  }

  @Test
  void whatNeedsAPersonComesFirstWithWhoMustActAndWhatToDo() {
    store(Samples.blocked(id, plan));

    String page = Html.page("/");

    assertThat(page)
        .contains("<h1>Fleet</h1>", "QuotaTooSmall", "BLOCKED", "the platform team")
        .contains("href=\"/tenants?phase=BLOCKED&amp;reason=QuotaTooSmall\"");
    assertThat(page.indexOf("id=\"attention\"")).isLessThan(page.indexOf("id=\"phases\""));
    assertThat(page).containsPattern("<svg class=\"bar bad\"[^>]*><rect width=\"\\d+\"");
  }

  @Test
  void whoChangedInTheLastDayIsDrawnByTheHour() throws SQLException {
    store(Samples.ready(id, plan));
    Sql.run(
        database,
        "UPDATE tenant SET phase_since = now() - interval '90 minutes' WHERE tenant_id = '%s'"
            .formatted(id));
    assertThat(Html.page("/"))
        .containsPattern("● ?</span> \\d+ READY")
        .containsPattern("<rect class=\"good\" x=\"220\" y=\"\\d+\" width=\"8\" height=\"[1-9]");
  }

  @Test
  void anOpenConsoleSaysSoOnEveryPage() {
    store(Samples.ready(id, plan));
    for (String path : new String[] {"/", "/tenants", "/tenants/" + id}) {
      assertThat(Html.page(path)).contains("Everybody who reaches", "berth.api.auth=none");
    }
  }

  @Test
  void aPanelIsAskedForAloneAndSentOnlyIfItChanged() {
    store(Samples.ready(id, plan));
    Response first = Html.panel("/", "phases");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.asString())
        .startsWith("<section class=\"panel\" id=\"phases\"")
        .doesNotContain("<html", "id=\"attention\"");

    String tag = tag(first);
    assertThat(again(tag).statusCode()).isEqualTo(304);
    store(Samples.ready(id + "-b", plan));
    assertThat(tag(again(tag))).isNotEqualTo(tag);
  }

  private static Response again(String tag) {
    return Html.browser()
        .header("HX-Request", "true")
        .header("HX-Target", "phases")
        .header("If-None-Match", tag)
        .get("/");
  }

  private static String tag(Response panel) {
    return Pattern.compile("data-tag=\"([^\"]+)\"")
        .matcher(panel.asString())
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private void store(Tenant tenant) {
    QuarkusTransaction.requiringNew().run(() -> tenants.remember(tenant));
  }
}
