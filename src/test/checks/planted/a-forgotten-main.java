// plant: src/main/java/dev/berth/tenant/PlantedForgottenMain.java
// check: style
// expect: PlantedForgottenMain\.java.*UncommentedMain
package dev.berth.tenant;

final class PlantedForgottenMain {

  private PlantedForgottenMain() {}

  public static void main(String[] args) {}
}
