package dev.berth.escape;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An object that somebody sends.
 *
 * @param by the controller that makes it, or empty for an owner of the tenant
 * @param seed and number make the same object again
 */
record Attempt(
    Target target, Tenancy tenancy, String by, long seed, int number, ObjectNode object) {

  /** What a controller makes of this one. */
  Attempt leadsTo(Target made, String controller, ObjectNode madeObject) {
    return new Attempt(made, tenancy, controller, seed, number, madeObject);
  }

  String path() {
    return target.path(tenancy.namespace());
  }

  @Override
  public String toString() {
    return "%s no. %d of seed %d in %s%s"
        .formatted(
            target, number, seed, tenancy.namespace(), by.isEmpty() ? "" : ", made by the " + by);
  }
}
