package dev.berth.provisioning;

import dev.berth.plan.isolation.IsolationCheck;
import dev.berth.plan.isolation.IsolationLine;
import java.util.Optional;

/** Puts the checks of a tenant's isolation to the cluster. */
@FunctionalInterface
public interface IsolationProbe {

  /**
   * The answer to one check; empty = none came that says anything. Does not throw; returns by the
   * assignment's deadline.
   */
  Optional<IsolationLine> ask(IsolationCheck check, Assignment assignment);
}
