// plant: src/main/java/dev/berth/provisioning/PlantedMachineTime.java
// check: architecture
// expect: dev\.berth\.provisioning\.PlantedMachineTime.*java\.time\.Instant\.now\(\)
package dev.berth.provisioning;

import java.time.Instant;

record PlantedMachineTime(Instant at) {

  PlantedMachineTime() {
    this(Instant.now());
  }
}
