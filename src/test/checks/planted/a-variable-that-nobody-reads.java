// plant: src/main/java/dev/berth/tenant/PlantedVariableNobodyReads.java
// check: compile
// expect: PlantedVariableNobodyReads\.java.*\[UnusedVariable\]
package dev.berth.tenant;

final class PlantedVariableNobodyReads {
  private final int unread = 1;
}
