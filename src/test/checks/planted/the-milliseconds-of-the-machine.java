// plant: src/main/java/dev/berth/provisioning/PlantedMillisecondsMachine.java
// check: architecture
// expect: dev\.berth\.provisioning\.PlantedMillisecondsMachine.*System\.currentTimeMillis\(\)
package dev.berth.provisioning;

record PlantedMillisecondsMachine(long at) {

  PlantedMillisecondsMachine() {
    this(System.currentTimeMillis());
  }
}
