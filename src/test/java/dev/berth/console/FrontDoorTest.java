package dev.berth.console;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Tokens;
import dev.berth.console.stage.Html;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** R9: what a browser finds at the address of a replica, where the API asks for tokens. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class FrontDoorTest {

  @Test
  void whoCannotSignInIsToldWhatIsMissing() {
    for (String path : List.of("/", "/tenants", "/tenants/acme", "/search?q=a", "/index.html")) {
      String page = Html.assertPage(Html.browser().get(path), 401);
      assertThat(page).contains("quarkus.oidc.client-id").doesNotContain("acme");
    }
  }

  @Test
  void whoeverHasTheRoleFindsPagesWhoseLinksAreServed() {
    String page = Html.assertPage(viewer("/"), 200);

    assertThat(page).contains("alice").doesNotContain("Everybody");
    assertThat(Html.links(page)).hasSizeGreaterThan(5);
    assertThat(Html.links(page))
        .filteredOn(link -> link.matches(".*\\.(js|css).*"))
        .as("which browsers keep")
        .hasSize(3)
        .allMatch(link -> link.matches(".*\\?v=[0-9a-f]{8}"));
    for (String link : Html.links(page)) {
      assertThat(viewer(link).statusCode()).as(link).isIn(200, 303);
    }
  }

  @Test
  void aTokenWithoutTheRoleSeesNothing() {
    String token = Tokens.sign(Tokens.claims());
    Response answer = Html.browser().header("Authorization", "Bearer " + token).get("/tenants");
    assertThat(Html.assertPage(answer, 403)).contains("lacks the role");
  }

  @Test
  void whatTellsNothingOfTenantsIsOpen() {
    for (String path :
        List.of(
            "/console/console.css",
            "/console/console.js",
            "/console/icon.svg",
            "/webjars/htmx.org/dist/htmx.min.js")) {
      Response file = given().get(path);
      assertThat(file.statusCode()).as(path).isEqualTo(200);
      assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }
  }

  @Test
  void programsAreAnsweredByProblems() {
    assertProblem(
        given().accept("application/json").header("Authorization", bearer()).get("/"),
        406,
        "NotAcceptable");
    assertProblem(
        given().accept("*/*").header("Authorization", bearer()).get("/nowhere"), 404, "NotFound");
    assertProblem(
        Html.browser().header("Authorization", bearer()).get("/api/v1/tenants/nobody"),
        404,
        "NotFound");
    assertProblem(
        given().header("Authorization", bearer()).header("Sec-Fetch-Site", "same-origin").post("/"),
        405,
        "MethodNotAllowed");
  }

  private static Response viewer(String path) {
    return Html.browser().header("Authorization", bearer()).get(path);
  }

  private static String bearer() {
    return "Bearer " + Tokens.viewer();
  }
}
