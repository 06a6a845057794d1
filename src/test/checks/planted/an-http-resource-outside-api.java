// plant: src/main/java/dev/berth/provisioning/PlantedHttpResourceOutsideApi.java
// check: architecture
// expect: dev\.berth\.provisioning\.PlantedHttpResourceOutsideApi.*jakarta\.ws\.rs
package dev.berth.provisioning;

import jakarta.ws.rs.Path;

@Path("/planted")
class PlantedHttpResourceOutsideApi {}
