package dev.berth.history.judge;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cluster at one moment.
 *
 * @param places the tenants' namespaces by name
 * @param lost policies and bindings that are missing, or other than they were installed
 * @param handlers of the RuntimeClasses, by their names
 */
record Sight(
    Instant at, Map<String, Place> places, Set<String> lost, Map<String, String> handlers) {

  /** A subject of a RoleBinding. */
  record Entry(String binding, String role, String subject) {
    @Override
    public String toString() {
      return binding + ":" + subject;
    }
  }

  /**
   * A namespace of a tenant.
   *
   * @param missing of its guards
   */
  record Place(
      String name,
      String uid,
      boolean terminating,
      Map<String, String> labels,
      List<Entry> entries,
      List<String> missing) {

    String tenant() {
      return name.substring("tenant-".length()).split("--", 2)[0];
    }

    String label(String key) {
      return labels.getOrDefault(key, "");
    }
  }
}
