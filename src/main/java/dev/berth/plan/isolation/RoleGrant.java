package dev.berth.plan.isolation;

import dev.berth.tenant.Subject;
import java.util.List;

/**
 * A binding that is in the cluster.
 *
 * @param namespace where it gives rights; empty = in the cluster as a whole
 * @param role kind and name, such as {@code ClusterRole view}
 */
public record RoleGrant(String namespace, String role, List<Subject> subjects) {

  public RoleGrant {
    subjects = List.copyOf(subjects);
  }
}
