// plant: src/main/java/dev/berth/tenant/Planted.java
// check: style
// expect: Planted\.java.*MethodLength
package dev.berth.tenant;

final class Planted {

  private Planted() {}

  static int count() {
    int n = 0;
@37     n++;
    return n;
  }
}
