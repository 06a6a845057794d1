package dev.berth.event.incoming;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The events that Berth takes, or will take. */
public enum InputType {
  CREATED("created.v1"),
  UPDATED("updated.v1"),
  PLAN_CHANGED("plan-changed.v1"),
  OFFBOARDING_REQUESTED("offboarding-requested.v1"),
  SUSPENDED("suspended.v1"),
  RESUMED("resumed.v1"),
  HIBERNATED("hibernated.v1"),
  OFFBOARDING_CANCELLED("offboarding-cancelled.v1"),
  PURGE_APPROVED("purge-approved.v1");

  /** The types that are decoded; the others are known, but not supported yet. */
  public static final List<InputType> SUPPORTED =
      List.of(CREATED, UPDATED, PLAN_CHANGED, OFFBOARDING_REQUESTED);

  private final String type;

  InputType(String suffix) {
    this.type = "dev.berth.tenant." + suffix;
  }

  public static Optional<InputType> of(String type) {
    return Arrays.stream(values()).filter(t -> t.type.equals(type)).findFirst();
  }

  /** The CloudEvents type. */
  public String type() {
    return type;
  }
}
