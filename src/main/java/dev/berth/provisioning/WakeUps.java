package dev.berth.provisioning;

import static java.util.stream.Collectors.joining;

import dev.berth.catalogue.Catalogue;
import dev.berth.catalogue.PlanDirectory;
import dev.berth.plan.ClusterFacts;
import dev.berth.store.Outlook;
import dev.berth.store.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has every tenant looked at again that was last looked at with something else than there is now:
 * other facts of the cluster, other plans, or another release of Berth. What it was looked at with
 * stands in its row, written by the claim; so a change is lost neither by an outage or a restart,
 * nor by a replica that did not know of it yet. Used by one thread.
 */
@ApplicationScoped
class WakeUps {

  private static final Logger LOG = Logger.getLogger(WakeUps.class);
  private static final int BATCH = 500;
  private static final Duration FIRST_CHECK = Duration.ofMinutes(1);

  private final Supplier<ClusterFacts> facts;
  private final PlanDirectory plans;
  private final Tenants tenants;
  private final Clock clock;
  private final String release;

  /**
   * A replica that knew less may have looked after this one had told it all; two that never agree
   * must not have every tenant looked at by turns.
   */
  private final Backoff checks;

  private @Nullable Sight last;
  private @Nullable Catalogue lastPlans;
  private @Nullable Outlook delivered;
  private Instant nextCheck = Instant.MIN;
  private int checked;

  WakeUps(
      Supplier<ClusterFacts> facts,
      PlanDirectory plans,
      Tenants tenants,
      ProvisioningConfig config,
      Clock clock,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.facts = facts;
    this.plans = plans;
    this.tenants = tenants;
    this.clock = clock;
    this.release = Release.fingerprint(version);
    this.checks = new Backoff(FIRST_CHECK, config.work().readyRecheck());
  }

  /** What there is now. */
  Sight sight() {
    ClusterFacts now = facts.get();
    Catalogue catalogue = plans.current();
    Sight known = last;
    if (known == null || known.facts() != now || lastPlans != catalogue) {
      known = new Sight(now, outlook(now, catalogue));
      last = known;
      lastPlans = catalogue;
    }
    if (!known.outlook().equals(delivered)) {
      delivered = null;
    }
    return known;
  }

  /**
   * Makes due whom it concerns that this is what there is now. Where it fails, or somebody was held
   * by another transaction, the next call goes on.
   */
  void deliver(Sight now) {
    Outlook outlook = now.outlook();
    boolean again = outlook.equals(delivered);
    if (again && clock.instant().isBefore(nextCheck)) {
      return;
    }
    delivered = null;
    if (!now.facts().known()) {
      return;
    }
    checked = again ? checked + 1 : 1;
    wake(outlook);
    if (!tenants.hasOutdated(outlook)) {
      delivered = outlook;
      nextCheck = clock.instant().plus(checks.after(checked, 1));
    }
  }

  private void wake(Outlook outlook) {
    int woken = 0;
    int batch;
    do {
      batch = QuarkusTransaction.requiringNew().call(() -> tenants.makeOutdatedDue(outlook, BATCH));
      woken += batch;
    } while (batch == BATCH);
    if (woken > 0) {
      LOG.infof(
          "%d tenants are looked at again: facts of the cluster, plans or Berth are others than at their last look",
          woken);
    }
  }

  /** Whoever did it, the tenant is looked at at once. */
  void onDrift(@Observes Drift drift) {
    QuarkusTransaction.requiringNew().run(() -> tenants.makeDue(drift.namespace()));
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
