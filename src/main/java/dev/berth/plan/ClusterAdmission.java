package dev.berth.plan;

import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a tenant's request and the cluster: the API server, and what Berth ships for
 * it to judge by.
 *
 * @param version of the API server; empty = not known
 * @param mutating whether it serves mutating admission policies; whether they act is for the canary
 *     to say
 * @param probe whether the RuntimeClass {@code berth-probe} exists
 * @param faults what is wrong with the shipped policies and bindings; empty = all present and
 *     unaltered
 */
public record ClusterAdmission(
    String version, boolean mutating, boolean probe, List<PolicyFault> faults) {

  public static final ClusterAdmission UNKNOWN = new ClusterAdmission("", false, false, List.of());

  public ClusterAdmission {
    faults = List.copyOf(faults);
  }

  /**
   * A shipped policy or binding that is not as it was shipped.
   *
   * @param object kind and name
   * @param difference what differs; null = the object is missing
   * @param guards whether tenants are less safe without it; else it is a comfort, a restraint on
   *     Berth itself, or outdated
   * @param outdated whether it is as the release before shipped it, or not there yet because an
   *     upgrade is under way: who is in is as safe as before, and nobody else comes in
   */
  public record PolicyFault(
      String object, @Nullable String difference, boolean guards, boolean outdated) {

    public PolicyFault(String object, @Nullable String difference, boolean guards) {
      this(object, difference, guards, false);
    }

    public static PolicyFault outdated(String object) {
      return new PolicyFault(object, "of the previous release", false, true);
    }

    public Reason reason() {
      if (outdated) {
        return Reason.PolicyOutdated;
      }
      return difference == null ? Reason.PolicyMissing : Reason.PolicyAltered;
    }

    @Override
    public String toString() {
      return outdated || difference == null ? object : object + " (" + difference + ")";
    }
  }

  /**
   * What keeps tenants of such plans from being opened. Those without a sandbox need what guards
   * them, but for the sandbox.
   */
  public List<PolicyFault> faultsFor(Plan.Isolation isolation) {
    return isolation == Plan.Isolation.SANDBOXED
        ? faults
        : faults.stream()
            .filter(f -> f.outdated() || (f.guards() && !f.object().contains(" berth-sandbox")))
            .toList();
  }

  /** The faults by which open tenants of such plans are less safe. */
  public List<PolicyFault> guardsLost(Plan.Isolation isolation) {
    return faultsFor(isolation).stream().filter(PolicyFault::guards).toList();
  }

  /** With what was wrong before and is right now. */
  ClusterAdmission withFaultsOf(ClusterAdmission before) {
    List<String> wrong = faults.stream().map(PolicyFault::object).toList();
    Stream<PolicyFault> mended =
        before.faults().stream().filter(fault -> !wrong.contains(fault.object()));
    return new ClusterAdmission(
        version, mutating, probe, Stream.concat(faults.stream(), mended).toList());
  }

  /** Whether policies of the previous release are still in force. */
  public boolean isUpgrading() {
    return faults.stream().anyMatch(PolicyFault::outdated);
  }

  /** The same whatever the API server says that it is. */
  ClusterAdmission ofAnyVersion() {
    return new ClusterAdmission("", mutating, probe, faults);
  }
}
