// plant: src/main/java/dev/berth/tenant/PlantedFile301Lines.java
// check: style
// expect: PlantedFile301Lines\.java.*FileLength
package dev.berth.tenant;

@295 // A line.
final class PlantedFile301Lines {

  private PlantedFile301Lines() {}
}
