package dev.berth.escape.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * An object that somebody sends.
 *
 * @param by the controller that makes it, or empty for an owner of the tenant
 * @param seed and number make the same object again
 * @param before what stands there under the same name; missing where the object is new
 */
public record Attempt(
    Target target,
    Tenancy tenancy,
    String by,
    long seed,
    int number,
    ObjectNode object,
    JsonNode before) {
  private static final String DEBUG = "ephemeralContainers";

  public static Attempt toCreate(
      Target target, Tenancy tenancy, String by, long seed, int number, ObjectNode object) {
    return new Attempt(target, tenancy, by, seed, number, object, MissingNode.getInstance());
  }

  /** What a controller makes of this one. */
  public Attempt leadsTo(Target made, String controller, ObjectNode madeObject) {
    return toCreate(made, tenancy, controller, seed, number, madeObject);
  }

  public String method() {
    return before.isMissingNode() ? "POST" : "PUT";
  }

  public String path() {
    String collection = target.path(tenancy.namespace());
    if (before.isMissingNode()) {
      return collection;
    }
    String name = collection + "/" + before.at("/metadata/name").asText();
    boolean debugs = object.path("spec").has(DEBUG);
    return debugs ? name + "/" + DEBUG.toLowerCase(Locale.ROOT) : name;
  }

  @Override
  public String toString() {
    String how = by.isEmpty() ? "" : ", made by the " + by;
    return "%s %s no. %d of seed %d in %s%s"
        .formatted(method(), target, number, seed, tenancy.namespace(), how);
  }
}
