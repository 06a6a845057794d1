package dev.berth.store.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Where a page begins: opaque, and good for the same filter only. */
public final class Cursor {

  private Cursor() {}

  /**
   * The cursor of a position.
   *
   * @param filter whose text is the same for the same filter
   */
  public static String of(Object filter, String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((scope(filter) + position).getBytes(UTF_8));
  }

  /** Empty = it is none, of another filter, or holds what no column can. */
  public static Optional<String> position(Object filter, String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      return Optional.of(text)
          .filter(it -> it.startsWith(scope(filter)))
          .map(it -> it.substring(scope(filter).length()))
          .filter(it -> it.indexOf('\0') < 0);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static String scope(Object filter) {
    return UUID.nameUUIDFromBytes(filter.toString().getBytes(UTF_8)) + " ";
  }
}
