package dev.berth.event.outgoing;

/** The steps that are announced on the lifecycle topic. */
public enum StepType {
  ACCEPTED("accepted.v1"),
  REJECTED("rejected.v1"),
  PROVISIONING_STARTED("provisioning-started.v1"),
  PROVISIONED("provisioned.v1"),
  PROVISIONING_FAILED("provisioning-failed.v1"),
  BLOCKED("blocked.v1"),
  PLAN_APPLIED("plan-applied.v1"),
  DEGRADED("degraded.v1"),
  WAITLISTED("waitlisted.v1"),
  DRIFT_REPAIRED("drift-repaired.v1"),
  ISOLATION_VERIFIED("isolation-verified.v1"),
  OFFBOARDING_STARTED("offboarding-started.v1"),
  OFFBOARDING_BLOCKED("offboarding-blocked.v1"),
  OFFBOARDED("offboarded.v1");

  private final String suffix;

  StepType(String suffix) {
    this.suffix = suffix;
  }

  /** The CloudEvents type. */
  public String type() {
    return "dev.berth.tenant." + suffix;
  }
}
