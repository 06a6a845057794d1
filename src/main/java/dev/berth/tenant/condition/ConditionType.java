package dev.berth.tenant.condition;

/** What is known of a tenant, one aspect each, in the order in which it is reached. */
public enum ConditionType {
  Accepted,
  PlacementReady,
  NodePoolReady,
  NamespacesReady,
  QuotaReady,
  NetworkIsolated,
  RuntimeEnforced,
  AccessReady,
  Ready,
  IsolationVerified,
  Offboarding
}
