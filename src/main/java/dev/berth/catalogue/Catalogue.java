package dev.berth.catalogue;

import dev.berth.plan.Plan;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.PlanVersion;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The released plans. Immutable. */
public final class Catalogue {

  private final Map<PlanVersion, Release> releases;

  /**
   * A released version.
   *
   * @param sha256 of its document's content, whatever its layout
   */
  public record Release(Plan plan, String sha256) {}

  Catalogue(Map<PlanVersion, Release> releases) {
    this.releases = Collections.unmodifiableMap(new LinkedHashMap<>(releases));
  }

  public Collection<Release> releases() {
    return releases.values();
  }

  /** The version that is named, or the newest where none is. */
  public Optional<Plan> find(PlanRef ref) {
    Integer version = ref.version();
    if (version != null) {
      return find(new PlanVersion(ref.name(), version));
    }
    return releases.values().stream()
        .map(Release::plan)
        .filter(plan -> plan.id().name().equals(ref.name()))
        .max(Comparator.comparingInt(plan -> plan.id().version()));
  }

  public Optional<Plan> find(PlanVersion version) {
    return Optional.ofNullable(releases.get(version)).map(Release::plan);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Catalogue that && releases.equals(that.releases);
  }

  @Override
  public int hashCode() {
    return releases.hashCode();
  }

  @Override
  public String toString() {
    return releases.keySet().toString();
  }
}
