// plant: src/main/java/dev/berth/provisioning/work/PlantedWorker.java
// check: architecture
// expect: provisioning/work/PlantedWorkerTest.java
package dev.berth.provisioning.work;

final class PlantedWorker {}
