// plant: src/main/java/dev/berth/provisioning/Planted.java
// check: architecture
// expect: dev\.berth\.provisioning\.Planted.*java\.time\.Instant\.now\(\)
package dev.berth.provisioning;

import java.time.Instant;

record Planted(Instant at) {

  Planted() {
    this(Instant.now());
  }
}
