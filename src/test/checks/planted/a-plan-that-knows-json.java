// plant: src/main/java/dev/berth/plan/Planted.java
// check: architecture
// expect: dev\.berth\.plan\.Planted.*com\.fasterxml\.jackson
package dev.berth.plan;

import com.fasterxml.jackson.databind.JsonNode;

record Planted(JsonNode node) {}
