// plant: src/main/java/dev/berth/tenant/PlantedMethod41Lines.java
// check: style
// expect: PlantedMethod41Lines\.java.*MethodLength
package dev.berth.tenant;

final class PlantedMethod41Lines {

  private PlantedMethod41Lines() {}

  static int count() {
    int n = 0;
@37     n++;
    return n;
  }
}
