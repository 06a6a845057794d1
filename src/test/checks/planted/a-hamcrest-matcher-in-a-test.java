// plant: src/test/java/dev/berth/tenant/PlantedMatcherTest.java
// check: style
// expect: PlantedMatcherTest\.java.*IllegalImport
package dev.berth.tenant;

import static org.hamcrest.Matchers.is;

class PlantedMatcherTest {}
