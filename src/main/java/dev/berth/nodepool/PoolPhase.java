package dev.berth.nodepool;

import dev.berth.tenant.condition.Reason.Weight;

/** How a node pool fares, in one word. Derived from its conditions, never set. */
public enum PoolPhase {
  /** It is being made or enlarged, or its nodes are starting. */
  ENSURING,
  /** Its nodes are Ready, and enough for every tenant that needs it. */
  READY,
  /** A person or a change is waited for. */
  FAILED;

  /**
   * What holds the pool back most is its phase. A pool that is ready stays so while the provider
   * cannot be asked.
   *
   * @param gravest weight of the gravest condition
   * @param served whether its nodes are Ready and enough
   */
  static PoolPhase of(Weight gravest, boolean served) {
    return switch (gravest) {
      case BLOCK, REFUSAL -> FAILED;
      case WAIT, PROGRESS -> ENSURING;
      case RETRY -> served ? READY : ENSURING;
      case GOOD, WAIVED -> READY;
    };
  }
}
