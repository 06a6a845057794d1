// plant: src/main/java/dev/berth/provisioning/Planted.java
// check: architecture
// expect: dev\.berth\.provisioning\.Planted\.clock> is annotated with @Inject
package dev.berth.provisioning;

import jakarta.inject.Inject;
import java.time.Clock;

class Planted {
  @Inject Clock clock;
}
