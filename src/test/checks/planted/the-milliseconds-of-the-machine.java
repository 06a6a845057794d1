// plant: src/main/java/dev/berth/provisioning/Planted.java
// check: architecture
// expect: dev\.berth\.provisioning\.Planted.*System\.currentTimeMillis\(\)
package dev.berth.provisioning;

record Planted(long at) {

  Planted() {
    this(System.currentTimeMillis());
  }
}
