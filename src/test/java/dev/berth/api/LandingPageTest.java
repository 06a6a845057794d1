package dev.berth.api;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** R9: what a browser finds at the address of a replica. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class LandingPageTest {

  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

  @Test
  void aBrowserFindsAPageWithLinksThatAreServed() {
    Response page = given().accept(BROWSER).get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.contentType()).isEqualToIgnoringWhitespace("text/html;charset=UTF-8");
    List<String> links = links(page.asString());
    assertThat(links).hasSizeGreaterThan(5).noneMatch(link -> link.contains("{"));
    links.stream()
        .filter(link -> link.startsWith("/"))
        .forEach(link ->
            assertThat(
                    given()
                        .header("Authorization", "Bearer " + Tokens.viewer())
                        .get(link)
                        .statusCode())
                .as(link)
                .isIn(200, link.endsWith("node-pools") ? 404 : 200));
    assertThat(links).anyMatch(link -> link.matches("http://[^/]+:\\d+/q/health/ready"));
    assertThat(page.asString()).contains("berth.mode=work").doesNotContain("{mode}");
  }

  @Test
  void itLoadsAndRunsNothing() {
    Response page = given().accept(BROWSER).get("/");

    assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none';");
    assertThat(page.asString())
        .doesNotContain("<script", "<link", "<img", "style=", "onclick", "src=");
  }

  @Test
  void onlyHtmlIsThere() {
    assertProblem(given().accept("application/json").get("/"), 406, "NotAcceptable");
    assertProblem(given().post("/"), 405, "MethodNotAllowed");
    assertProblem(given().accept(BROWSER).get("/index.html"), 404, "NotFound");
  }

  private static List<String> links(String page) {
    return Pattern.compile("href=\"([^\"]+)\"")
        .matcher(page)
        .results()
        .map(m -> m.group(1))
        .toList();
  }
}
