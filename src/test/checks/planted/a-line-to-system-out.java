// plant: src/main/java/dev/berth/tenant/PlantedLineSystemOut.java
// check: style
// expect: PlantedLineSystemOut\.java.*Log instead of writing to System\.out
package dev.berth.tenant;

final class PlantedLineSystemOut {

  private PlantedLineSystemOut() {}

  static void speak() {
    System.out.println("here");
  }
}
