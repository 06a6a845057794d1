// plant: src/main/java/dev/berth/settings/PlantedNameMeansTwoThings.java
// check: architecture
// expect: dev\.berth\.settings\.PlantedNameMeansTwoThings\$Outcome
package dev.berth.settings;

record PlantedNameMeansTwoThings(Outcome outcome) {
  enum Outcome {
    GOOD
  }
}
