// plant: src/main/java/dev/berth/tenant/PlantedWideRecord.java
// check: style
// expect: PlantedWideRecord\.java.*RecordComponentNumber
package dev.berth.tenant;

record PlantedWideRecord(int a, int b, int c, int d, int e, int f, int g, int h) {}
