// plant: src/main/java/dev/berth/tenant/PlantedMethod11WaysThrough.java
// check: style
// expect: PlantedMethod11WaysThrough\.java.*CyclomaticComplexity
package dev.berth.tenant;

final class PlantedMethod11WaysThrough {

  private PlantedMethod11WaysThrough() {}

  static int count(int n) {
@10     if (n > 0) n--;
    return n;
  }
}
