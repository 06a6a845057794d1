// plant: src/main/java/dev/berth/catalogue/Planted.java
// check: architecture
// expect: dev\.berth\.catalogue\.Planted.* has type <dev\.berth\.event\.RawRecord>
package dev.berth.catalogue;

import dev.berth.event.RawRecord;

record Planted(RawRecord raw) {}
