package dev.berth.provisioning;

import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;

/** Where operations are carried out: a cluster, or a script of a test. */
@FunctionalInterface
public interface Target {

  /** Carries out one operation. Does not throw; returns by the assignment's deadline. */
  Outcome execute(Operation operation, Assignment assignment);
}
