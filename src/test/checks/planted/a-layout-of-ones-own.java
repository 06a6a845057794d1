// plant: src/main/java/dev/berth/tenant/Planted.java
// check: format
// expect: Planted\.java|format violations
package dev.berth.tenant;

final class Planted
{
    private Planted( ) { }
}
