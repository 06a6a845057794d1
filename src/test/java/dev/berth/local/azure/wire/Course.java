package dev.berth.local.azure.wire;

import java.time.Duration;
import java.util.List;

/**
 * How an operation goes on once it was accepted.
 *
 * @param passing the states that it reports until it ends, each for the same time; AKS reports some
 *     that no standard names
 * @param end {@code Succeeded}, {@code Failed} or {@code Canceled}
 * @param fault why it did not succeed
 */
public record Course(Duration takes, List<String> passing, String end, Fault fault) {

  public static final String SUCCEEDED = "Succeeded";
  public static final String FAILED = "Failed";
  public static final String CANCELED = "Canceled";

  /** Why an operation did not succeed, and what the layers below said. */
  public record Fault(String code, String message, List<Fault> details) {
    public static final Fault NONE = of("", "");

    public static Fault of(String code, String message) {
      return new Fault(code, message, List.of());
    }

    public Fault because(Fault detail) {
      return new Fault(code, message, List.of(detail));
    }
  }

  public static Course of(Duration takes) {
    return new Course(
        takes, List.of("InProgress", "ProvisioningNetworkResources"), SUCCEEDED, Fault.NONE);
  }

  Course taking(Duration time) {
    return new Course(time, passing, end, fault);
  }

  Course passing(List<String> states) {
    return new Course(takes, states, end, fault);
  }

  Course ending(String how, Fault why) {
    return new Course(takes, passing, how, why);
  }

  public String stateAfter(Duration time) {
    if (time.compareTo(takes) >= 0) {
      return end;
    }
    return passing.get((int) (time.toMillis() * passing.size() / takes.toMillis()));
  }
}
