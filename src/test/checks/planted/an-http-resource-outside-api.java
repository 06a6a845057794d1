// plant: src/main/java/dev/berth/provisioning/Planted.java
// check: architecture
// expect: dev\.berth\.provisioning\.Planted.*jakarta\.ws\.rs
package dev.berth.provisioning;

import jakarta.ws.rs.Path;

@Path("/planted")
class Planted {}
