// plant: src/main/java/dev/berth/tenant/Planted.java
// check: style
// expect: Planted\.java.*ParameterNumber
package dev.berth.tenant;

final class Planted {

  private Planted() {}

  static int sum(int a, int b, int c, int d, int e, int f, int g, int h) {
    return a + b + c + d + e + f + g + h;
  }
}
