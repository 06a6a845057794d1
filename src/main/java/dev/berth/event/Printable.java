package dev.berth.event;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Foreign text made fit for logs, headers and terminals: one line, short, nothing invisible. */
public final class Printable {

  public static final int MAX_LENGTH = 512;

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private Printable() {}

  public static String of(String text) {
    return of(text, MAX_LENGTH);
  }

  public static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }

  public static String of(String text, int maxLength) {
    boolean fits = text.length() <= maxLength;
    String shortened = fits ? text : text.substring(0, maxLength - 1) + '\u2026';
    return INVISIBLE.matcher(shortened).replaceAll("\uFFFD");
  }

  public static boolean is(String text) {
    return !INVISIBLE.matcher(text).find() && text.indexOf('\uFFFD') < 0;
  }
}
