// plant: src/main/java/dev/berth/provisioning/Planted.java
// check: architecture
// expect: dev\.berth\.provisioning\.Planted.*jakarta\.persistence
package dev.berth.provisioning;

import jakarta.persistence.EntityManager;

record Planted(EntityManager entities) {}
