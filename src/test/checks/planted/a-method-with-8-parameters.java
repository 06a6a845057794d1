// plant: src/main/java/dev/berth/tenant/PlantedMethod8Parameters.java
// check: style
// expect: PlantedMethod8Parameters\.java.*ParameterNumber
package dev.berth.tenant;

final class PlantedMethod8Parameters {

  private PlantedMethod8Parameters() {}

  static int sum(int a, int b, int c, int d, int e, int f, int g, int h) {
    return a + b + c + d + e + f + g + h;
  }
}
