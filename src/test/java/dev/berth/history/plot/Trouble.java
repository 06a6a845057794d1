package dev.berth.history.plot;

import java.time.Duration;

/**
 * Something of the cluster, the database or Berth's processes that is not as it should be for a
 * while.
 *
 * @param pick which of several
 */
public record Trouble(Kind kind, Duration from, Duration until, int pick) {

  public enum Kind {
    BINDING_LOST,
    POLICY_LOST,
    POLICY_ALTERED,
    CLASS_LOST,
    CLASS_ANEW,
    NODES_CORDONED,
    NODES_GONE,
    SECOND_CLASS,
    SECOND_CLASS_ANEW,
    /** One with few nodes, which stays until all tenants of the round leave. */
    NARROW_CLASS,
    PLAN_WITHDRAWN,
    DATABASE_LOCKED,
    DATABASE_FROZEN,
    DATABASE_REFUSES,
    REPLICA_KILLED,
    HALF_OPEN
  }
}
