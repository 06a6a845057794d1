package dev.berth.catalogue.document;

import java.util.regex.Pattern;

/** What Kubernetes takes as the key and the value of a label. */
final class LabelSyntax {

  private static final String NAME = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
  private static final Pattern KEY =
      Pattern.compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?" + NAME);
  private static final Pattern VALUE = Pattern.compile("(" + NAME + ")?");

  private LabelSyntax() {}

  static void check(String key, Field value) {
    checkKey(key, value);
    value.text(VALUE, "at most 63 characters of a-z, A-Z, 0-9, '-', '_' and '.'");
  }

  static void checkKey(String key, Field value) {
    if (!KEY.matcher(key).matches()) {
      value.refuse("is not a valid Kubernetes key, such as example.com/team");
    }
  }
}
