package dev.berth.tenant.condition;

/**
 * Why something is as it is: one vocabulary for conditions, events, quarantine, REST and logs.
 * Names are append-only.
 */
public enum Reason {
  // A record that is refused, or an event that is rejected.
  TooLarge(Weight.REFUSAL),
  NoKey(Weight.REFUSAL),
  NoValue(Weight.REFUSAL),
  NotCloudEvent(Weight.REFUSAL),
  DuplicateHeader(Weight.REFUSAL),
  KeyMismatch(Weight.REFUSAL),
  SourceNotAllowed(Weight.REFUSAL),
  UnknownType(Weight.REFUSAL),
  NotSupportedYet(Weight.REFUSAL),
  InvalidTenantId(Weight.REFUSAL),
  InvalidData(Weight.REFUSAL),
  SubjectNotAllowed(Weight.REFUSAL),
  GenerationGap(Weight.REFUSAL),
  IdReuse(Weight.REFUSAL),
  TenantOffboarded(Weight.REFUSAL),

  // A call of the API that is refused.
  InvalidParameter(Weight.REFUSAL),
  Unauthenticated(Weight.REFUSAL),
  Forbidden(Weight.REFUSAL),
  NotFound(Weight.REFUSAL),
  MethodNotAllowed(Weight.REFUSAL),
  NotAcceptable(Weight.REFUSAL),
  UnsupportedMediaType(Weight.REFUSAL),
  InvalidRequest(Weight.REFUSAL),
  PreconditionRequired(Weight.REFUSAL),
  PreconditionFailed(Weight.REFUSAL),
  ActionNotPossible(Weight.REFUSAL),
  ActionUnderWay(Weight.REFUSAL),
  KeyReuse(Weight.REFUSAL),
  Busy(Weight.REFUSAL),
  DatabaseUnavailable(Weight.REFUSAL),
  IssuerUnavailable(Weight.REFUSAL),

  // As it should be.
  Accepted(Weight.GOOD),
  Placed(Weight.GOOD),
  NotRequired(Weight.GOOD),
  NodesReady(Weight.GOOD),
  Applied(Weight.GOOD),
  Verified(Weight.GOOD),
  ClassRequired(Weight.GOOD),
  Provisioned(Weight.GOOD),
  Offboarded(Weight.GOOD),

  // Under way.
  Pending(Weight.PROGRESS),
  Waiting(Weight.PROGRESS),
  Provisioning(Weight.PROGRESS),
  Updating(Weight.PROGRESS),
  OffboardingRequested(Weight.PROGRESS),
  Deprovisioning(Weight.PROGRESS),
  QuotaNotYetEnforced(Weight.PROGRESS),
  PodsRemaining(Weight.PROGRESS),
  NamespaceTerminating(Weight.PROGRESS),
  VerificationUnfinished(Weight.PROGRESS),
  Observing(Weight.PROGRESS),

  // Not known, and waived by the plan.
  NetworkEngineUnknown(Weight.WAIVED),

  // Runs more than it is granted, because it was granted more before.
  OverGrant(Weight.WAIVED),

  // Named by the plan, and not there.
  PriorityClassMissing(Weight.WAIVED),
  StorageClassMissing(Weight.WAIVED),
  ResourceMissing(Weight.WAIVED),

  // Not known to be fit for sandboxes, and tried all the same.
  NodePoolDoubtful(Weight.WAIVED),

  // Waits for its turn.
  NoRoom(Weight.WAIT),
  TooManyStarts(Weight.WAIT),
  AccessClosed(Weight.WAIT),
  NodePoolCreating(Weight.WAIT),
  NodePoolGrowing(Weight.WAIT),
  NodesStarting(Weight.WAIT),
  NodePoolFull(Weight.WAIT),

  // Retried automatically.
  ApiUnavailable(Weight.RETRY),
  ApiThrottled(Weight.RETRY),
  ApiConflict(Weight.RETRY),
  ApiTimeout(Weight.RETRY),
  SandboxUnproven(Weight.RETRY),
  ProofInconclusive(Weight.RETRY),
  ContentMismatch(Weight.RETRY),
  CloudUnavailable(Weight.RETRY),
  CloudIdentity(Weight.RETRY),
  CloudThrottled(Weight.RETRY),
  CloudBusy(Weight.RETRY),
  CloudConflict(Weight.RETRY),
  CloudCapacity(Weight.RETRY),
  CloudUnexpected(Weight.RETRY),
  /** Replaces a reason of a newer version; the message begins with that one. */
  NewerVersion(Weight.RETRY),
  Unexpected(Weight.RETRY),

  // Waits for a person or a change.
  AccessFrozen(Weight.BLOCK),
  Withdrawn(Weight.BLOCK),
  PlanUnknown(Weight.BLOCK),
  SandboxesOutOfBounds(Weight.BLOCK),
  QuotaTooSmall(Weight.BLOCK),
  QuotaNotEnforced(Weight.BLOCK),
  PoolTooSmall(Weight.BLOCK),
  NameTaken(Weight.BLOCK),
  NamespaceLost(Weight.BLOCK),
  RuntimeClassMissing(Weight.BLOCK),
  RuntimeClassAltered(Weight.BLOCK),
  ProbeClassMissing(Weight.BLOCK),
  NoSandboxNode(Weight.BLOCK),
  NodeTooSmall(Weight.BLOCK),
  PolicyMissing(Weight.BLOCK),
  PolicyAltered(Weight.BLOCK),
  PolicyOutdated(Weight.BLOCK),
  NetworkEngineRequired(Weight.BLOCK),
  EgressNotAllowed(Weight.BLOCK),
  IsolationBroken(Weight.BLOCK),
  ForeignBinding(Weight.BLOCK),
  Contested(Weight.BLOCK),
  GuardContested(Weight.BLOCK),
  FactsUnknown(Weight.BLOCK),
  ApiForbidden(Weight.BLOCK),
  ApiInvalid(Weight.BLOCK),
  DeletionBlocked(Weight.BLOCK),
  ClusterUnfit(Weight.BLOCK),
  VmSizeUnsuitable(Weight.BLOCK),
  NodePoolUnfit(Weight.BLOCK),
  NodePoolForeign(Weight.BLOCK),
  CloudNotFound(Weight.BLOCK),
  CloudForbidden(Weight.BLOCK),
  CloudPolicy(Weight.BLOCK),
  CloudQuota(Weight.BLOCK),
  CloudRefused(Weight.BLOCK);

  /** What a reason means for its tenant. */
  public enum Weight {
    GOOD,
    WAIVED,
    PROGRESS,
    WAIT,
    RETRY,
    BLOCK,
    REFUSAL
  }

  private final Weight weight;

  Reason(Weight weight) {
    this.weight = weight;
  }

  public Weight weight() {
    return weight;
  }
}
