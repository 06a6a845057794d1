package dev.berth.plan.isolation;

import java.util.List;

/**
 * Something that RBAC allows or not.
 *
 * @param group API group; empty = the core one
 * @param resource with its subresource, such as {@code pods/log}
 * @param name of one object; empty = any
 */
public record Permission(List<String> verbs, String group, String resource, String name) {

  public Permission {
    verbs = List.copyOf(verbs);
  }

  static Permission to(String verbs, String resource) {
    return to(verbs, resource, "");
  }

  /**
   * @param verbs separated by a blank
   */
  static Permission to(String verbs, String resource, String group) {
    return new Permission(List.of(verbs.split(" ")), group, resource, "");
  }

  Permission named(String object) {
    return new Permission(verbs, group, resource, object);
  }

  @Override
  public String toString() {
    return String.join(", ", verbs)
        + " "
        + resource
        + (group.isEmpty() ? "" : "." + group)
        + (name.isEmpty() ? "" : " " + name);
  }
}
