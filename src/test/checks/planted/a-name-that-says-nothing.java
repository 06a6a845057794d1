// plant: src/main/java/dev/berth/provisioning/PlantedHelper.java
// check: architecture
// expect: dev\.berth\.provisioning\.PlantedHelper
package dev.berth.provisioning;

record PlantedHelper(String text) {}
