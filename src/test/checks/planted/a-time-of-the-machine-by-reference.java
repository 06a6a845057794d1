// plant: src/main/java/dev/berth/provisioning/Planted.java
// check: architecture
// expect: dev\.berth\.provisioning\.Planted.*java\.time\.Instant\.now\(\)
package dev.berth.provisioning;

import java.time.Instant;
import java.util.function.Supplier;

record Planted(Supplier<Instant> time) {

  Planted() {
    this(Instant::now);
  }
}
