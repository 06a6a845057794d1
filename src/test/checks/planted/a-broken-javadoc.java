// plant: src/main/java/dev/berth/tenant/PlantedBrokenJavadoc.java
// check: javadoc
// expect: PlantedBrokenJavadoc\.java.*reference not found
package dev.berth.tenant;

/** See {@link PlantedNowhere}. */
final class PlantedBrokenJavadoc {

  private PlantedBrokenJavadoc() {}
}
