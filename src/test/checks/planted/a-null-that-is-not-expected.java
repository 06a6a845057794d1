// plant: src/main/java/dev/berth/tenant/Planted.java
// check: compile
// expect: Planted\.java.*\[NullAway\] dereferenced expression 'text' is @Nullable
package dev.berth.tenant;

import org.jspecify.annotations.Nullable;

final class Planted {

  private Planted() {}

  static String trimmed(@Nullable String text) {
    return text.trim();
  }
}
