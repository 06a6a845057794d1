package dev.berth.plan;

import dev.berth.tenant.Tenant;

/** From what a tenant wants to what must happen. */
public final class Planner {

  /**
   * Total: whatever the arguments, it returns. No operation that opens access is among the
   * operations while any fact that the sandbox rests on is missing.
   */
  public Work plan(Tenant tenant, Plan plan, Recorded recorded, ClusterFacts facts) {
    throw new UnsupportedOperationException();
  }

  /**
   * Everything of the tenant goes: access first, then pods, then the namespaces. Needs no plan and
   * no facts.
   */
  public Work offboard(Tenant tenant, Recorded recorded) {
    throw new UnsupportedOperationException();
  }
}
