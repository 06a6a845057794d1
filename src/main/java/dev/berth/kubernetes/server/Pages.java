package dev.berth.kubernetes.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;

/** Collections that are too large for one answer. */
public final class Pages {

  private Pages() {}

  /**
   * Reads all of a collection as it was at one moment, and returns its resourceVersion.
   *
   * @param path with a {@code limit}
   * @throws IllegalStateException if the API server does not tell all of it
   */
  public static String read(ApiServer api, String path, Instant deadline, Consumer<Live> each) {
    String next = "";
    JsonNode metadata;
    do {
      Answer page = api.get(path + next, deadline);
      if (!page.isOk()) {
        throw new IllegalStateException(
            "%s cannot be listed: %s".formatted(path, Answers.brief(page.message())));
      }
      page.body().path("items").forEach(item -> each.accept(new Live(item)));
      metadata = page.body().path("metadata");
      String token = metadata.path("continue").asText();
      next = token.isEmpty() ? "" : "&continue=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    } while (!next.isEmpty());
    return metadata.path("resourceVersion").asText();
  }
}
