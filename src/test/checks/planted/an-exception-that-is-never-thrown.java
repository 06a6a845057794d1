// plant: src/main/java/dev/berth/tenant/Planted.java
// check: compile
// expect: Planted\.java.*\[DeadException\]
package dev.berth.tenant;

final class Planted {

  private Planted() {}

  static void fail() {
    new IllegalStateException("not thrown");
  }
}
