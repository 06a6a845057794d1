package dev.berth.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Where a page finds what it loads. The address changes with the content, as browsers keep it for a
 * day.
 */
public record Assets(String style, String script, String htmx) {

  /** Names the release of the library, which lies in a folder of that name. */
  private static final String HTMX = "/META-INF/maven/org.webjars.npm/htmx.org/pom.properties";

  static Assets ofThisVersion() {
    return new Assets(
        address("/console/console.css"),
        address("/console/console.js"),
        "/webjars/htmx.org/dist/htmx.min.js" + version(HTMX));
  }

  private static String address(String path) {
    return path + version("/META-INF/resources" + path);
  }

  private static String version(String resource) {
    try (InputStream file = Assets.class.getResourceAsStream(resource)) {
      String content = new String(Objects.requireNonNull(file, resource).readAllBytes(), UTF_8);
      return "?v=" + Digest.of(content).substring(0, 8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
