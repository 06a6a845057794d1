// plant: src/main/java/dev/berth/tenant/PlantedExceptionNeverThrown.java
// check: compile
// expect: PlantedExceptionNeverThrown\.java.*\[DeadException\]
package dev.berth.tenant;

final class PlantedExceptionNeverThrown {

  private PlantedExceptionNeverThrown() {}

  static void fail() {
    new IllegalStateException("not thrown");
  }
}
