package dev.berth.nodepool.preflight;

import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Reason.Weight;

/**
 * A judgement on a node pool, its cluster or its VM size.
 *
 * @param message what is wrong, where, and what to do
 */
public record PoolFinding(Reason reason, String message) {

  /** Whether the pool may not be made or changed; else this is a warning. */
  public boolean refuses() {
    return reason.weight() == Weight.BLOCK;
  }
}
