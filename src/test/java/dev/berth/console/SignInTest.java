package dev.berth.console;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.console.stage.Html;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
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

  private static final String PLACE = "/tenants?phase=READY,FAILED&q=a";

  @Test
  void whoeverIsNotSignedInGoesToTheIssuerAndComesBackToTheSamePlace() {
    Response away = Html.browser().get(PLACE);
    assertThat(away.statusCode()).isEqualTo(302);
    assertThat(decoded(away.header("Location")))
        .contains("/authorize?", "client_id=berth-console", "/signed-in");

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
  void theCookieOfTheConsoleOpensNothingOfTheApi() {
    Response back = comeBack(Html.browser().get("/"), "berth-viewer");
    assertThat(back.cookies()).isNotEmpty();
    assertProblem(given().cookies(back.cookies()).get("/api/v1/tenants"), 401, "Unauthenticated");
    assertProblem(given().get("/api/v1/tenants"), 401, "Unauthenticated");
    assertThat(Caller.viewer().get("/api/v1/tenants").statusCode()).isEqualTo(200);
  }

  /** As the browser does that the issuer sends back. */
  private static Response comeBack(Response away, String role) {
    Map<String, String> asked = new HashMap<>();
    String query = away.header("Location").replaceFirst("^[^?]*\\?", "");
    for (String pair : query.split("&")) {
      asked.put(pair.replaceFirst("=.*", ""), decoded(pair.replaceFirst("^[^=]*=", "")));
    }
    return Html.browser()
        .cookies(away.cookies())
        .get("/signed-in?code=" + role + "&state=" + asked.get("state"));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
