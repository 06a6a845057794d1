package dev.berth.console;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.Issuer;
import dev.berth.console.stage.Html;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People sign in at the issuer, and programs bring tokens as before. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.WithSignIn.class)
class SignInTest {

  private static final String FORM = "/tenants/acme/actions/retry";
  private static final String PLACE = "/tenants?phase=READY,FAILED&q=a";

  @Test
  void whoeverIsNotSignedInGoesToTheIssuerAndComesBackToTheSamePlace() {
    Response away = Html.browser().get(PLACE);
    assertThat(away.statusCode()).isEqualTo(302);
    assertThat(decoded(away.header("Location")))
        .contains(
            "/authorize?", "client_id=berth-console", "/signed-in", "code_challenge_method=S256");

    Response back = comeBack(away, "berth-viewer");
    assertThat(back.statusCode()).isEqualTo(302);
    assertThat(decoded(back.header("Location"))).endsWith(PLACE);
    assertThat(back.getHeaders().getValues("Set-Cookie"))
        .filteredOn(cookie -> cookie.startsWith("q_session"))
        .isNotEmpty()
        .allMatch(cookie -> cookie.contains("HTTPOnly") && cookie.contains("SameSite=Lax"));

    String page = Html.assertPage(Html.browser().cookies(back.cookies()).get(PLACE), 200);
    assertThat(page).contains("<p class=\"caller\">alice</p>");
  }

  @Test
  void whoeverSignsInWithoutTheRoleSeesNothing() {
    Response back = comeBack(Html.browser().get("/"), "somebody");
    Html.assertPage(Html.browser().cookies(back.cookies()).get("/"), 403);
  }

  @Test
  void aRefreshWithoutASessionIsToldSo() {
    assertThat(Html.panel("/", "phases").statusCode()).isEqualTo(499);
  }

  @Test
  void aStreamWithoutASessionIsRefusedAndNotSentToTheIssuer() {
    for (String stream : new String[] {"/live", "/live/tenants/acme"}) {
      Response answer = given().accept("text/event-stream").redirects().follow(false).get(stream);
      assertThat(answer.statusCode()).isEqualTo(499);
      assertThat(answer.header("Location")).isNull();
    }
  }

  @Test
  void whoseSessionIsOverSignsInAgain() {
    Response back = comeBack(Html.browser().get(PLACE), "berth-viewer" + Issuer.BRIEFLY);
    assertThat(back.cookies()).isNotEmpty();
    await().untilAsserted(() -> assertSignsIn(Html.browser().cookies(back.cookies()).get(PLACE)));

    Response panel =
        Html.browser()
            .cookies(back.cookies())
            .header("HX-Request", "true")
            .header("HX-Target", "phases")
            .get("/");
    assertThat(panel.statusCode()).isEqualTo(499);
    assertNothingDone(form().cookies(back.cookies()).post(FORM));
    Response api = given().cookies(back.cookies()).get("/api/v1/tenants");
    assertProblem(api, 401, "Unauthenticated");
    assertThat(api.header("Location")).isNull();
  }

  @Test
  void aBrokenCookieIsNoSession() {
    assertSignsIn(Html.browser().cookie("q_session", "broken").get(PLACE));
    assertNothingDone(form().cookie("q_session", "broken").post(FORM));
  }

  @Test
  void whoeverComesBackWithTheCookieOfAnotherAttemptIsToldToBeginAnew() {
    Response away = Html.browser().get(PLACE);
    Map<String, String> others = new HashMap<>(away.cookies());
    others.replaceAll((name, value) -> "another");
    assertThat(Html.assertPage(comeBack(away, others, "berth-viewer"), 401))
        .contains("could not be completed");
  }

  /** A browser would not follow with the form, nor let it lead to the issuer. */
  @Test
  void aFormWithoutASessionIsNotSentOn() {
    assertNothingDone(form().post(FORM));
  }

  private static RequestSpecification form() {
    return Html.browser().header("Sec-Fetch-Site", "same-origin").formParam("reason", "why");
  }

  private static void assertNothingDone(Response answer) {
    assertThat(Html.assertPage(answer, 401))
        .contains("nothing was done", "Open the page again")
        .doesNotContain("client-id");
    assertThat(answer.header("Location")).isNull();
  }

  private static void assertSignsIn(Response answer) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(302);
    assertThat(decoded(answer.header("Location"))).contains("/authorize?", "/signed-in");
  }

  @Test
  void theCookieOfTheConsoleOpensNothingOfTheApi() {
    Response back = comeBack(Html.browser().get("/"), "berth-viewer");
    assertThat(back.cookies()).isNotEmpty();
    assertProblem(given().cookies(back.cookies()).get("/api/v1/tenants"), 401, "Unauthenticated");
    assertProblem(given().get("/api/v1/tenants"), 401, "Unauthenticated");
    assertThat(Caller.viewer().get("/api/v1/tenants").statusCode()).isEqualTo(200);
  }

  /** As the browser does that the issuer sends back. */
  private static Response comeBack(Response away, String role) {
    return comeBack(away, away.cookies(), role);
  }

  private static Response comeBack(Response away, Map<String, String> cookies, String role) {
    Map<String, String> asked = new HashMap<>();
    String query = away.header("Location").replaceFirst("^[^?]*\\?", "");
    for (String pair : query.split("&")) {
      asked.put(pair.replaceFirst("=.*", ""), decoded(pair.replaceFirst("^[^=]*=", "")));
    }
    return Html.browser()
        .cookies(cookies)
        .get("/signed-in?code=" + role + "&state=" + asked.get("state"));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
