package dev.berth.tenant;

/** One released, immutable version of a plan. */
public record PlanVersion(String name, int version) {

  @Override
  public String toString() {
    return name + "@" + version;
  }
}
