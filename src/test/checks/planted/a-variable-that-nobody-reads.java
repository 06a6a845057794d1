// plant: src/main/java/dev/berth/tenant/Planted.java
// check: compile
// expect: Planted\.java.*\[UnusedVariable\]
package dev.berth.tenant;

final class Planted {
  private final int unread = 1;
}
