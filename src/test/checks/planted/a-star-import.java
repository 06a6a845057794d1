// plant: src/main/java/dev/berth/tenant/PlantedStarImport.java
// check: style
// expect: PlantedStarImport\.java.*AvoidStarImport
package dev.berth.tenant;

import java.util.*;

final class PlantedStarImport {

  private PlantedStarImport() {}

  static final List<String> NAMES = List.of();
}
