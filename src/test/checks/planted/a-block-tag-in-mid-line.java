// plant: src/main/java/dev/berth/tenant/PlantedBlockTag.java
// check: style
// expect: PlantedBlockTag\.java.*block tag
package dev.berth.tenant;

final class PlantedBlockTag {

  private PlantedBlockTag() {}

  /** How long it is. @param text that is measured */
  static int length(String text) {
    return text.length();
  }
}
