package dev.berth.provisioning.actions;

import dev.berth.tenant.Desired.Move;
import dev.berth.tenant.Tenant;

/** Plans a move as the next claim of the tenant would, and leaves nothing of it. */
@FunctionalInterface
public interface MoveTrial {

  /**
   * The order as it is to be stored: with the class and the plan that it was found fit for. That
   * the tenant will wait for room is no obstacle.
   *
   * @param tenant locked by the caller's transaction
   * @throws ActionRefused if the tenant is there already or cannot be moved there
   */
  Move accepted(Tenant tenant, Move order);
}
