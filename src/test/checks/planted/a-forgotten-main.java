// plant: src/main/java/dev/berth/tenant/Planted.java
// check: style
// expect: Planted\.java.*UncommentedMain
package dev.berth.tenant;

final class Planted {

  private Planted() {}

  public static void main(String[] args) {}
}
