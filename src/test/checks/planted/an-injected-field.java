// plant: src/main/java/dev/berth/provisioning/PlantedInjectedField.java
// check: architecture
// expect: dev\.berth\.provisioning\.PlantedInjectedField\.clock> is annotated with @Inject
package dev.berth.provisioning;

import jakarta.inject.Inject;
import java.time.Clock;

class PlantedInjectedField {
  @Inject Clock clock;
}
