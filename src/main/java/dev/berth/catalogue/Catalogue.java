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
   * @param document as it was loaded: maps, lists and plain values
   */
  public record Release(Plan plan, String sha256, Object document) {}

  Catalogue(Map<PlanVersion, Release> releases) {
    this.releases = Collections.unmodifiableMap(new LinkedHashMap<>(releases));
  }

  public Collection<Release> releases() {
    return releases.values();
  }

  /** The version that is named, or the newest where none is. */
  public Optional<Plan> find(PlanRef ref) {
    return release(ref).map(Release::plan);
  }

  /** The version that is named, or the newest where none is. */
  public Optional<Release> release(PlanRef ref) {
    Integer version = ref.version();
    return releases.values().stream()
        .filter(each -> each.plan().id().name().equals(ref.name()))
        .filter(each -> version == null || each.plan().id().version() == version)
        .max(Comparator.comparingInt(each -> each.plan().id().version()));
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
