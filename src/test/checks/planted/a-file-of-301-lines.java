// plant: src/main/java/dev/berth/tenant/Planted.java
// check: style
// expect: Planted\.java.*FileLength
package dev.berth.tenant;

@295 // A line.
final class Planted {

  private Planted() {}
}
