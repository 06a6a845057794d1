package dev.berth.catalogue;

import dev.berth.plan.Plan;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.PlanVersion;
import java.util.Collection;
import java.util.Optional;

/** The released plans. Immutable. */
public final class Catalogue {

  /** A released version. @param sha256 of its document's content, whatever its layout */
  public record Release(Plan plan, String sha256) {}

  public Collection<Release> releases() {
    throw new UnsupportedOperationException();
  }

  /** The version that is named, or the newest where none is. */
  public Optional<Plan> find(PlanRef ref) {
    throw new UnsupportedOperationException(ref.toString());
  }

  public Optional<Plan> find(PlanVersion version) {
    throw new UnsupportedOperationException(version.toString());
  }
}
