// plant: src/main/java/dev/berth/tenant/PlantedTodo.java
// check: style
// expect: PlantedTodo\.java.*TodoComment
package dev.berth.tenant;

/** Ends some day. TODO: say when. */
final class PlantedTodo {

  private PlantedTodo() {}
}
