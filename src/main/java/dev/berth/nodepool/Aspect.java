package dev.berth.nodepool;

/** What is known of a node pool, one aspect each, in the order in which it is reached. */
public enum Aspect {
  /** The provider answers. */
  Reachable,
  /** Nothing forbids the pool. */
  Fit,
  /** The provider has it, with as many nodes as were asked for. */
  Provisioned,
  /** It is large enough for every tenant that needs it. */
  Sufficient,
  /** The cluster shows its nodes as Ready. */
  NodesReady
}
