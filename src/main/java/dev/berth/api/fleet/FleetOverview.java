package dev.berth.api.fleet;

import static java.util.stream.Collectors.joining;

import dev.berth.api.fleet.FleetView.FaultyCheck;
import dev.berth.api.itself.BerthItself;
import dev.berth.api.itself.BerthView.CheckView;
import dev.berth.store.quarantine.QuarantineSearch;
import dev.berth.store.search.Fleet;
import dev.berth.tenant.advice.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings together all that may need a person: tenants, records, and Berth's own checks. */
@ApplicationScoped
public class FleetOverview {

  private final Fleet fleet;
  private final QuarantineSearch quarantine;
  private final BerthItself berth;

  FleetOverview(Fleet fleet, QuarantineSearch quarantine, BerthItself berth) {
    this.fleet = fleet;
    this.quarantine = quarantine;
    this.berth = berth;
  }

  public FleetView now() {
    return FleetView.of(
        fleet.phases(), fleet.unsettled(), quarantine.openByReason(), faultyChecks());
  }

  private List<FaultyCheck> faultyChecks() {
    return berth.readiness().checks().stream()
        .filter(check -> !check.up() || !faults(check).isEmpty())
        .map(check ->
            new FaultyCheck(
                check.name(),
                check.up(),
                check.up() ? null : text(check, "since"),
                faults(check).isEmpty() ? "waits for " + text(check, "waitsFor") : faults(check),
                Actor.PLATFORM_TEAM))
        .toList();
  }

  private static String faults(CheckView check) {
    return Stream.of("fault", "faults", "failure")
        .map(member -> text(check, member))
        .filter(Objects::nonNull)
        .collect(joining("; "));
  }

  private static @Nullable String text(CheckView check, String member) {
    Object value = check.data().get(member);
    return value == null ? null : value.toString();
  }
}
