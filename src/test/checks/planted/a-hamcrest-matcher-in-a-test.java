// plant: src/test/java/dev/berth/tenant/PlantedTest.java
// check: style
// expect: PlantedTest\.java.*IllegalImport
package dev.berth.tenant;

import static org.hamcrest.Matchers.is;

class PlantedTest {}
