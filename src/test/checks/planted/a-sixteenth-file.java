// plant: src/main/java/dev/berth/tenant/PlantedSixteenthFile.java
// check: architecture
// expect: dev/berth/tenant holds more than 15 files
package dev.berth.tenant;

record PlantedSixteenthFile() {}
