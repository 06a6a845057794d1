// plant: src/main/java/dev/berth/plan/PlantedPlanKnowsJson.java
// check: architecture
// expect: dev\.berth\.plan\.PlantedPlanKnowsJson.*com\.fasterxml\.jackson
package dev.berth.plan;

import com.fasterxml.jackson.databind.JsonNode;

record PlantedPlanKnowsJson(JsonNode node) {}
