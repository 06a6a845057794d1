package dev.berth.console.stage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.regex.Pattern;

/** Pages as a browser asks for them, and what holds of each. */
public final class Html {

  private static final String BROWSER =
      "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

  private Html() {}

  public static RequestSpecification browser() {
    return given().accept(BROWSER).urlEncodingEnabled(false).redirects().follow(false);
  }

  /** A page that is there. */
  public static String page(String path) {
    return assertPage(browser().get(path), 200);
  }

  /** The one panel of a page that a script asks for. */
  public static Response panel(String path, String id) {
    return browser().header("HX-Request", "true").header("HX-Target", id).get(path);
  }

  /** It is a whole page of the console, which runs and loads nothing but the console's own. */
  public static String assertPage(Response answer, int status) {
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualToIgnoringWhitespace("text/html;charset=UTF-8");
    assertThat(answer.header("Content-Security-Policy"))
        .contains("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe", "form-action");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    String html = answer.asString();
    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .endsWith("</html>\n")
        .doesNotContainPattern("(?i)<[^>]* (on[a-z]+|style)=")
        .doesNotContainPattern("(?i)javascript:|<style|<iframe|<script(?! src=\"/)")
        .doesNotContainPattern("\\{[a-z]");
    assertThat(found(html, "<h1>")).hasSize(1);
    assertThat(found(html, "<th(?! scope=)[ >]")).isEmpty();
    return html;
  }

  /** Every address that a page leads to or loads. */
  public static List<String> links(String html) {
    return Pattern.compile("(?:href|src|action)=\"([^\"#]+)\"")
        .matcher(html)
        .results()
        .map(found -> found.group(1).replace("&amp;", "&"))
        .distinct()
        .toList();
  }

  private static List<String> found(String html, String pattern) {
    return Pattern.compile(pattern).matcher(html).results().map(it -> it.group()).toList();
  }
}
