// plant: src/main/java/dev/berth/tenant/Planted.java
// check: style
// expect: Planted\.java.*AvoidStarImport
package dev.berth.tenant;

import java.util.*;

final class Planted {

  private Planted() {}

  static final List<String> NAMES = List.of();
}
