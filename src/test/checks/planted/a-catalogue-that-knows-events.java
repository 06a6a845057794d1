// plant: src/main/java/dev/berth/catalogue/PlantedCatalogueKnowsEvents.java
// check: architecture
// expect: dev\.berth\.catalogue\.PlantedCatalogueKnowsEvents.* has type <dev\.berth\.event\.RawRecord>
package dev.berth.catalogue;

import dev.berth.event.RawRecord;

record PlantedCatalogueKnowsEvents(RawRecord raw) {}
