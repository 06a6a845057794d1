// plant: src/main/java/dev/berth/plan/PlantedPassage.java
// check: architecture
// expect: Ipv4Block\.java and .*PlantedPassage
package dev.berth.plan;

import java.util.Optional;
import java.util.regex.Matcher;

final class PlantedPassage {

  private PlantedPassage() {}

  static Optional<Integer> parse(Matcher matcher) {
    int address = 0;
    for (int group = 1; group <= 4; group++) {
      String part = matcher.group(group);
      if (Integer.parseInt(part) > 255 || (part.length() > 1 && part.startsWith("0"))) {
        return Optional.empty();
      }
      address = address << 8 | Integer.parseInt(part);
    }
    return Optional.of(address);
  }
}
