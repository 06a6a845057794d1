// plant: src/main/java/dev/berth/plan/unmarked/PlantedPackageNullawayPassesOver.java
// check: architecture
// expect: dev\.berth\.plan\.unmarked has no package-info\.java with @NullMarked
package dev.berth.plan.unmarked;

record PlantedPackageNullawayPassesOver(String text) {}
