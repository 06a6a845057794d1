// plant: src/main/java/dev/berth/tenant/Planted.java
// check: style
// expect: Planted\.java.*CyclomaticComplexity
package dev.berth.tenant;

final class Planted {

  private Planted() {}

  static int count(int n) {
@10     if (n > 0) n--;
    return n;
  }
}
