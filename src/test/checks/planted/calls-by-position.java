// plant: src/main/java/dev/berth/plan/PlantedCallsByPosition.java
// check: architecture
// expect: calls with six arguments or more: .*PlantedCallsByPosition
package dev.berth.plan;

final class PlantedCallsByPosition {

  private PlantedCallsByPosition() {}

  static int sum(int a, int b, int c, int d, int e, int f) {
    return a + b + c + d + e + f;
  }

  static int all() {
@6     sum(1, 2, 3, 4, 5, 6);
    return sum(1, 2, 3, 4, 5, 6);
  }
}
