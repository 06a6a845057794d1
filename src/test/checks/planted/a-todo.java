// plant: src/main/java/dev/berth/tenant/Planted.java
// check: style
// expect: Planted\.java.*TodoComment
package dev.berth.tenant;

/** Ends some day. TODO: say when. */
final class Planted {

  private Planted() {}
}
