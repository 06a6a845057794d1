package dev.berth.provisioning.work;

import static java.util.stream.Collectors.joining;

import dev.berth.catalogue.Catalogue;
import dev.berth.catalogue.PlanDirectory;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Resource;
import dev.berth.plan.capacity.Usage;
import dev.berth.provisioning.Backoff;
import dev.berth.provisioning.Drift;
import dev.berth.provisioning.Metrics;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.tenants.Outlook;
import dev.berth.store.tenants.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Re-checks every tenant that was last checked with other facts of the cluster, other plans, or
 * another release of Berth than there are now. What it was checked with is in its row, written by
 * the claim; so a change is lost neither by an outage or a restart, nor by a replica that did not
 * know of it yet. Used by one thread.
 */
@ApplicationScoped
public class WakeUps {

  private static final Logger LOG = Logger.getLogger(WakeUps.class);
  private static final int BATCH = 500;

  /**
   * What tenants are checked with.
   *
   * @param outlook made of these facts, of the plans, and of this release of Berth
   */
  public record Sight(ClusterFacts facts, Outlook outlook) {}

  private final Supplier<ClusterFacts> facts;
  private final PlanDirectory plans;
  private final Tenants tenants;
  private final Metrics metrics;
  private final Clock clock;
  private final String release;

  /**
   * Between one comparison and the next. Rows that were locked are free soon, and replicas that
   * knew less know more; but two that never agree must not keep waking every tenant in turns.
   */
  private final Backoff pauses;

  private @Nullable Sight last;
  private @Nullable Catalogue lastPlans;
  private @Nullable Outlook pursued;
  private Instant next = Instant.MIN;
  private int times;

  WakeUps(
      Supplier<ClusterFacts> facts,
      PlanDirectory plans,
      Tenants tenants,
      ProvisioningConfig config,
      Metrics metrics,
      Clock clock,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.facts = facts;
    this.plans = plans;
    this.tenants = tenants;
    this.metrics = metrics;
    this.clock = clock;
    this.release = Build.fingerprint(version);
    this.pauses = new Backoff(config.work().poll(), config.work().readyRecheck());
  }

  /** What goes along with a namespace that leaves is no drift. */
  void onDrift(@Observes Drift drift) {
    boolean woken =
        drift.kind() == Resource.Kind.Namespace
            ? tenants.makeDue(drift.namespace())
            : tenants.makeStayingDue(drift.namespace());
    if (woken) {
      metrics.detected(drift.kind());
    }
  }

  /** Looks at what there is now. */
  @SuppressWarnings("ReferenceEquality") // the same objects as long as nothing changed
  public Sight look() {
    ClusterFacts now = facts.get();
    Catalogue catalogue = plans.current();
    Sight known = last;
    if (known == null || known.facts() != now || lastPlans != catalogue) {
      known = new Sight(now, outlook(now, catalogue));
      last = known;
      lastPlans = catalogue;
    }
    if (!known.outlook().equals(pursued)) {
      pursued = null;
    }
    return known;
  }

  /** Whether anything was known of the cluster at the last look. */
  boolean isInformed() {
    return last != null && last.facts().known();
  }

  /**
   * Makes due whom it concerns that this is what there is now: at once, again after short pauses,
   * and then seldom. To be called again and again, also after it failed.
   */
  void deliver(Sight now) {
    if (!now.facts().known()) {
      pursued = null;
      return;
    }
    if (!now.outlook().equals(pursued)) {
      pursued = now.outlook();
      next = Instant.MIN;
      times = 0;
    }
    if (!clock.instant().isBefore(next)) {
      wake(now.outlook());
      times++;
      next = clock.instant().plus(pauses.after(times, 1));
    }
  }

  private void wake(Outlook outlook) {
    int woken = 0;
    int batch;
    do {
      batch = tenants.makeOutdatedDue(outlook, BATCH);
      woken += batch;
    } while (batch == BATCH);
    if (woken > 0) {
      LOG.infof(
          "%d tenants are checked again: facts of the cluster, plans or Berth have changed since"
              + " their last check",
          woken);
    }
  }

  /** The tenant may take less room now; others wait for it. */
  void onFreed(@Observes Usage.Freed freed) {
    tenants.makeDue(freed.namespace());
  }

  private Outlook outlook(ClusterFacts now, Catalogue catalogue) {
    String released =
        catalogue.releases().stream()
            .map(r -> r.plan().id() + " " + r.sha256())
            .sorted()
            .collect(joining(","));
    return new Outlook(digest(release + now.guarantees()), digest(release + now + released));
  }

  private static String digest(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
