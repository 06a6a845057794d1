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
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Forms that act, as a browser without scripts sends them. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.Open.class)
class ActPageTest {

  private final Tenants tenants;
  private final String id = "a" + UUID.randomUUID().toString().substring(0, 8);
  private final String retry = "/tenants/" + id + "/actions/retry";

  ActPageTest(Tenants tenants) {
    this.tenants = tenants;
  }

  @Test
  void anActionIsAskedForConfirmedAndShown() {
    store(Samples.blocked(id, new PlanVersion("team", 1)));
    String tenant = Html.page("/tenants/" + id);
    assertThat(Html.links(tenant)).contains(retry).noneMatch(it -> it.endsWith("/unfreeze"));

    Response sent = send(form(Html.page(retry), "the quota is <b>raised</b>"));

    assertThat(sent.statusCode()).as(sent.asString()).isEqualTo(303);
    assertThat(sent.header("Location")).endsWith("/tenants/" + id);
    assertThat(Html.page("/tenants/" + id))
        .contains("retry</th>", "anyone", "the quota is &lt;b&gt;raised&lt;/b&gt;", "PENDING");
  }

  @Test
  void aFormThatIsSentTwiceActsOnce() {
    store(Samples.blocked(id, new PlanVersion("team", 1)));
    String page = Html.page(retry);
    assertThat(send(form(page, "once")).statusCode()).isEqualTo(303);
    assertThat(send(form(page, "once")).statusCode()).isEqualTo(303);
    assertThat(Html.page("/tenants/" + id).split("retry</th>", -1)).hasSize(2);
  }

  @Test
  void whatChangedSinceThePageWasSeenIsNotUnfrozen() {
    Tenant tenant = Samples.blocked(id, new PlanVersion("team", 1));
    Tenant frozen = tenant.ordered(tenant.orders().frozen(true));
    store(frozen);
    String page = Html.page("/tenants/" + id + "/actions/unfreeze");
    assertThat(page).contains("If it changes before");
    changes(frozen);
    assertThat(Html.assertPage(send("unfreeze", form(page, "late")), 412))
        .contains("has changed since");
    assertThat(Html.page("/tenants/" + id)).contains("Nobody acted on this tenant.");
  }

  @Test
  void theBrakeDoesNotWaitForATenantThatKeepsChanging() {
    Tenant tenant = Samples.blocked(id, new PlanVersion("team", 1));
    store(tenant);
    String page = Html.page("/tenants/" + id + "/actions/freeze");
    assertThat(page).doesNotContain("If it changes before");
    changes(tenant);
    assertThat(send("freeze", form(page, "now")).statusCode()).isEqualTo(303);
  }

  private void changes(Tenant tenant) {
    Tenant changed = tenant.with(tenant.status().announcedAfter(tenant.status(), Instant.EPOCH));
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.lock(tenant.id());
          tenants.remember(changed);
        });
  }

  @Test
  void aMoveAsksWhereTo() {
    store(Samples.ready(id, new PlanVersion("team", 2)));
    String move = "/tenants/" + id + "/actions/move";
    assertThat(Html.links(Html.page("/tenants/" + id))).contains(move);
    String page = Html.page(move);
    assertThat(page).contains("name=\"to\"");
    RequestSpecification form = form(page, "larger nodes").header("Sec-Fetch-Site", "same-origin");

    assertThat(form.formParam("to", "kata-large").post(move).statusCode()).isEqualTo(303);
    assertThat(Html.page("/tenants/" + id)).contains("anyone moved it to RuntimeClass kata-large");
    RequestSpecification nowhere =
        form(Html.page(move), "r").header("Sec-Fetch-Site", "same-origin");
    assertThat(Html.assertPage(nowhere.post(move), 400)).contains("to must be");
  }

  /** As one does who goes back to the page, whose key was used. */
  @Test
  void aFormThatWasSentAndNowSaysAnotherClassIsNotTakenForARepeat() {
    store(Samples.ready(id, new PlanVersion("team", 2)));
    String page = Html.page("/tenants/" + id + "/actions/move");
    RequestSpecification first = form(page, "larger nodes").formParam("to", "kata-large");
    assertThat(send("move", first).statusCode()).isEqualTo(303);

    RequestSpecification other = form(page, "larger nodes").formParam("to", "kata-other");
    assertThat(Html.assertPage(send("move", other), 422)).contains("send a new key");
  }

  @Test
  void aReasonMustBeGiven() {
    store(Samples.blocked(id, new PlanVersion("team", 1)));
    assertThat(Html.assertPage(send(form(Html.page(retry), " ")), 400))
        .contains("reason must be why this is done");
  }

  @Test
  void whatIsNotPossibleIsSaidInASentence() {
    store(Samples.ready(id, new PlanVersion("team", 1)));
    assertThat(Html.assertPage(send(form(Html.page(retry), "again")), 409))
        .contains("only one that is FAILED, BLOCKED or DEGRADED");
    Html.assertPage(Html.browser().get("/tenants/" + id + "/actions/replay"), 404);
  }

  @Test
  void aPageOfAnotherSiteCannotAct() {
    store(Samples.blocked(id, new PlanVersion("team", 1)));
    RequestSpecification form = form(Html.page(retry), "forged");
    for (String site : new String[] {"cross-site", "same-site", "none"}) {
      Response sent = form.header("Sec-Fetch-Site", site).post(retry);
      assertThat(Html.assertPage(sent, 403)).contains("Only a page of the console");
      form = form(Html.page(retry), "forged");
    }
    assertThat(form.header("Origin", "http://evil.example").post(retry).statusCode())
        .isEqualTo(403);
    assertThat(form(Html.page(retry), "forged").post(retry).statusCode()).isEqualTo(403);
    assertThat(Html.page("/tenants/" + id)).contains("Nobody acted on this tenant.");
  }

  private Response send(RequestSpecification form) {
    return send("retry", form);
  }

  private Response send(String kind, RequestSpecification form) {
    return form.header("Sec-Fetch-Site", "same-origin").post("/tenants/" + id + "/actions/" + kind);
  }

  private static RequestSpecification form(String page, String reason) {
    return Html.browser()
        .urlEncodingEnabled(true)
        .formParam("seen", hidden(page, "seen"))
        .formParam("key", hidden(page, "key"))
        .formParam("reason", reason);
  }

  private static String hidden(String page, String name) {
    return Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"")
        .matcher(page)
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private void store(Tenant tenant) {
    QuarkusTransaction.requiringNew().run(() -> tenants.remember(tenant));
  }
}
