package dev.berth.api.tenants;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Labels to look for, as kubectl takes them: {@code key=value,key=value}. */
final class Labels {

  private static final Pattern SYNTAX =
      Pattern.compile("[A-Za-z0-9._-]{1,63}=[A-Za-z0-9._-]{0,63}");

  private Labels() {}

  static Optional<Map<String, String>> parse(String text) {
    Map<String, String> labels = new TreeMap<>();
    for (String label : text.split(",", -1)) {
      if (!SYNTAX.matcher(label).matches()) {
        return Optional.empty();
      }
      labels.put(label.substring(0, label.indexOf('=')), label.substring(label.indexOf('=') + 1));
    }
    return Optional.of(labels);
  }
}
