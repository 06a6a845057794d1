// plant: src/main/java/dev/berth/util/PlantedPackagePlace.java
// check: architecture
// expect: dev\.berth\.util\.PlantedPackagePlace> is not contained in architecture
package dev.berth.util;

record PlantedPackagePlace(String text) {}
