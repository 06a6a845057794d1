// plant: src/main/java/dev/berth/provisioning/PlantedDatabaseOutsideStore.java
// check: architecture
// expect: dev\.berth\.provisioning\.PlantedDatabaseOutsideStore.*jakarta\.persistence
package dev.berth.provisioning;

import jakarta.persistence.EntityManager;

record PlantedDatabaseOutsideStore(EntityManager entities) {}
