// plant: src/main/java/dev/berth/plan/capacity/PlantedCycleRooms.java
// check: architecture
// expect: Cycle detected: Slice plan\.capacity
package dev.berth.plan.capacity;

import dev.berth.plan.decide.Planner;

record PlantedCycleRooms(Planner planner) {}
