// plant: src/main/java/dev/berth/settings/Planted.java
// check: architecture
// expect: dev\.berth\.settings\.Planted\$Outcome
package dev.berth.settings;

record Planted(Outcome outcome) {
  enum Outcome {
    GOOD
  }
}
