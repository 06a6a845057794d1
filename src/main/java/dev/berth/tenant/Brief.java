package dev.berth.tenant;

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
}
