package dev.berth.store;

import dev.berth.tenant.PlanVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;

/**
 * The plan versions that were ever released, by the hash of their content: a released version never
 * changes.
 */
@ApplicationScoped
public class PlanReleases {

  /** Remembers new versions. Returns those that were released before with another content. */
  public Set<PlanVersion> release(Map<PlanVersion, String> sha256ByVersion) {
    throw new UnsupportedOperationException();
  }
}
