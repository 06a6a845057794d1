package dev.berth.history.judge.evidence;

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
public record Sight(
    Instant at, Map<String, Place> places, Set<String> lost, Map<String, String> handlers) {

  /** A subject of a RoleBinding. */
  public record Entry(String binding, String role, String subject) {
    @Override
    public String toString() {
      return binding + ":" + subject;
    }
  }

  /**
   * A pod that runs, or is about to.
   *
   * @param ending whether somebody has deleted it
   */
  public record Pod(String name, String runtimeClass, boolean ending) {}

  /**
   * A namespace of a tenant.
   *
   * @param missing of its guards
   * @param pods by their uids
   */
  public record Place(
      String name,
      String uid,
      boolean terminating,
      Map<String, String> labels,
      List<Entry> entries,
      List<String> missing,
      Map<String, Pod> pods) {

    public String tenant() {
      return name.substring("tenant-".length()).split("--", 2)[0];
    }

    public String label(String key) {
      return labels.getOrDefault(key, "");
    }
  }
}
