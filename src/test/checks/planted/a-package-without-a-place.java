// plant: src/main/java/dev/berth/util/Planted.java
// check: architecture
// expect: dev\.berth\.util\.Planted> is not contained in architecture
package dev.berth.util;

record Planted(String text) {}
