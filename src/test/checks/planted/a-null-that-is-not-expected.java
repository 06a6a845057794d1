// plant: src/main/java/dev/berth/tenant/PlantedNull.java
// check: compile
// expect: PlantedNull\.java.*\[NullAway\] dereferenced expression 'text' is @Nullable
package dev.berth.tenant;

import org.jspecify.annotations.Nullable;

final class PlantedNull {

  private PlantedNull() {}

  static String trimmed(@Nullable String text) {
    return text.trim();
  }
}
