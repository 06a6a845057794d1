package dev.berth.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the pages of an answer begin: opaque, and good for the same question only.
 *
 * @param question what is asked for, but for page and size
 */
public record Cursor(String question) {

  /** Asks for what comes after {@code position}. */
  public String after(String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((scope() + position).getBytes(UTF_8));
  }

  /** Empty = it is none, or one of another question. */
  public Optional<String> position(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      return text.startsWith(scope())
          ? Optional.of(text.substring(scope().length()))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private String scope() {
    return UUID.nameUUIDFromBytes(question.getBytes(UTF_8)) + " ";
  }
}
