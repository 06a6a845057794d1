package dev.berth.plan.decide;

import dev.berth.plan.Plan;
import dev.berth.plan.Resource;
import dev.berth.tenant.Subject;
import java.util.List;

/**
 * The RoleBindings of a namespace. Each refers to one ClusterRole for good: Kubernetes never lets
 * it change.
 */
final class Bindings {

  private Bindings() {}

  static Resource.RoleBinding owner(String namespace, List<Subject> subjects) {
    return new Resource.RoleBinding(namespace, "berth-owner", Plan.Access.OWNER, subjects);
  }

  static Resource.RoleBinding viewer(String namespace, List<Subject> subjects) {
    return new Resource.RoleBinding(namespace, "berth-viewer", Plan.Access.VIEWER, subjects);
  }

  /** Lets those who own the namespace put containers into running pods, where the plan does. */
  static Resource.RoleBinding debug(String namespace, List<Subject> subjects) {
    return new Resource.RoleBinding(namespace, "berth-debug", Plan.Access.DEBUG, subjects);
  }
}
