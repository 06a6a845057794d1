package dev.berth.provisioning;

import dev.berth.plan.isolation.IsolationCheck;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.RoleGrant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts the checks of a tenant's isolation to the cluster. */
@FunctionalInterface
public interface IsolationProbe {

  /**
   * The answer to one check; empty = none came that says anything. Does not throw; returns by the
   * assignment's deadline.
   */
  Optional<IsolationLine> ask(IsolationCheck check, Assignment assignment);

  /**
   * The bindings in these namespaces and in the cluster as a whole; empty = they cannot be read.
   * Does not throw; returns by the assignment's deadline.
   */
  default Optional<List<RoleGrant>> grants(Set<String> namespaces, Assignment assignment) {
    return Optional.empty();
  }
}
