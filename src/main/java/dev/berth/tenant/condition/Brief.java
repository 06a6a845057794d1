package dev.berth.tenant.condition;

/** Texts for people, cut to a length: others write them too, and nothing of theirs has a bound. */
public final class Brief {

  private static final String CUT = "...";

  private Brief() {}

  /** The text, or its beginning and "..."; never longer than {@code most}, no character halved. */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - CUT.length();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
  }

  /** The same with the end kept too: there a message says what is to be done. */
  public static String message(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = text.length() - most / 4;
    int from = Character.isLowSurrogate(text.charAt(end)) ? end + 1 : end;
    String kept = text.substring(from);
    return of(text, most - kept.length()) + kept;
  }
}
