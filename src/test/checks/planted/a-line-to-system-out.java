// plant: src/main/java/dev/berth/tenant/Planted.java
// check: style
// expect: Planted\.java.*Log instead of writing to System\.out
package dev.berth.tenant;

final class Planted {

  private Planted() {}

  static void speak() {
    System.out.println("here");
  }
}
