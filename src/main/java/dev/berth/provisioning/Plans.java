package dev.berth.provisioning;

import dev.berth.catalogue.Catalogue;
import dev.berth.catalogue.PlanDirectory;
import dev.berth.plan.Plan;
import dev.berth.store.PlanReleases;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantRequest;
import dev.berth.tenant.TenantSpec;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the plan that a tenant is on, and holds the catalogue to its word: a released version never
 * changes.
 */
@ApplicationScoped
public class Plans {

  private final PlanDirectory directory;
  private final PlanReleases releases;

  Plans(PlanDirectory directory, PlanReleases releases) {
    this.directory = directory;
    this.releases = releases;
  }

  /** The plan that a request names, as it is released now. */
  public @Nullable Plan named(TenantRequest request) {
    return switch (request) {
      case TenantRequest.Upsert upsert -> named(upsert.spec().plan()).orElse(null);
      case TenantRequest.Offboard offboard -> null;
    };
  }

  public Optional<Plan> named(PlanRef ref) {
    return directory.current().find(ref);
  }

  /** The plan version that a tenant stays on, or the one it names if it is on none yet. */
  public Optional<Plan> of(Tenant tenant) {
    PlanVersion pinned = tenant.desired().plan();
    if (pinned != null) {
      return directory.current().find(pinned);
    }
    TenantSpec spec = tenant.desired().spec();
    return spec == null ? Optional.empty() : named(spec.plan());
  }

  /** The plan version that the tenant was opened on; empty = none, or the catalogue lacks it. */
  public Optional<Plan> applied(Tenant tenant) {
    return Optional.ofNullable(tenant.status().appliedPlan()).flatMap(directory.current()::find);
  }

  /**
   * Refuses a catalogue that changes a version that was released before, by this replica or
   * another, now or before an earlier start.
   *
   * @throws IllegalStateException which names the versions
   */
  void release(@Observes Catalogue catalogue) {
    var sha256s =
        catalogue.releases().stream()
            .collect(Collectors.toMap(r -> r.plan().id(), Catalogue.Release::sha256));
    Set<PlanVersion> changed =
        QuarkusTransaction.requiringNew().call(() -> releases.release(sha256s));
    if (!changed.isEmpty()) {
      throw new IllegalStateException(
          "the plan catalogue changes what was released before: %s. Give the changed document a new version and restore the old one"
              .formatted(
                  changed.stream()
                      .map(PlanVersion::toString)
                      .collect(Collectors.toCollection(TreeSet::new))));
    }
  }
}
