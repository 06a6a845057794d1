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

  static Assets ofThisVersion() {
    return new Assets(
        address("/console/console.css"),
        address("/console/console.js"),
        "/webjars/htmx.org/dist/htmx.min.js");
  }

  private static String address(String path) {
    try (InputStream file = Assets.class.getResourceAsStream("/META-INF/resources" + path)) {
      String content = new String(Objects.requireNonNull(file, path).readAllBytes(), UTF_8);
      return path + "?v=" + Digest.of(content).substring(0, 8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
