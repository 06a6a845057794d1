// plant: src/main/java/dev/berth/provisioning/PlantedTimeMachineReference.java
// check: architecture
// expect: dev\.berth\.provisioning\.PlantedTimeMachineReference.*java\.time\.Instant\.now\(\)
package dev.berth.provisioning;

import java.time.Instant;
import java.util.function.Supplier;

record PlantedTimeMachineReference(Supplier<Instant> time) {

  PlantedTimeMachineReference() {
    this(Instant::now);
  }
}
