package dev.berth.nodepool.preflight;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The families of VM sizes that can run virtual machines of their own. Azure tells this only of new
 * sizes, and the list moves: it is configuration, with a default. Source: Azure/skewer, vmsize.go.
 */
public final class VmFamilies {

  /** Regular expressions for a whole name in lower case, without {@code standard_}. */
  public static final List<String> DEFAULT =
      List.of(
          "d\\d+s?_v[345]",
          "d\\d+ds?_v[45]",
          "d\\d+ad?s_v5",
          "d\\d+ld?s_v5",
          "d\\d+(s|ds|ls|lds|as|ads|als|alds)_v6",
          "d\\d+al?d?s_v7",
          "e\\d+i?s?_v[345]",
          "e\\d+i?ds?_v[45]",
          "e\\d+i?ad?s_v5",
          "e\\d+bd?s_v[56]",
          "e\\d+[ia]?d?s_v6",
          "e\\d+ad?s_v7",
          "f\\d+s_v2",
          "f\\d+a[lm]?s_v6",
          "f\\d+a[lm]?d?s_v7",
          "fx\\d+mds",
          "fx\\d+md?s_v2",
          "m\\d+.*",
          "l\\d+a?s_v[34]",
          "l\\d+aos_v4",
          "(dc|ec)\\d+ad?s_cc_v5",
          "nv\\d+ads_v710_v5");

  private final List<Pattern> patterns;

  /**
   * @throws java.util.regex.PatternSyntaxException for what is not a regular expression
   */
  public VmFamilies(List<String> patterns) {
    this.patterns = patterns.stream().map(Pattern::compile).toList();
  }

  /** Whether sizes of this name are known to nest; false = not known. */
  public boolean nest(String vmSize) {
    String name = vmSize.toLowerCase(Locale.ROOT).replaceFirst("^standard_", "");
    return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }
}
