// plant: src/main/java/dev/berth/tenant/PlantedLayout.java
// check: format
// expect: PlantedLayout\.java|format violations
package dev.berth.tenant;

final class PlantedLayout
{
    private PlantedLayout( ) { }
}
