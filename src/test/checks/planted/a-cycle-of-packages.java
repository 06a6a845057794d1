// plant: src/main/java/dev/berth/tenant/PlantedCyclePackages.java
// check: architecture
// expect: Cycle detected: Slice plan
package dev.berth.tenant;

import dev.berth.plan.Plan;

record PlantedCyclePackages(Plan plan) {}
