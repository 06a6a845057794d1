package dev.berth.provisioning;

import dev.berth.plan.Outcome;
import dev.berth.tenant.Phase;
import dev.berth.tenant.Status;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** When a tenant is looked at again. */
@ApplicationScoped
class Pace {

  private static final Duration PROGRESS = Duration.ofSeconds(1);

  private final ProvisioningConfig.Work work;
  private final Lifetime lifetime;
  private final Clock clock;
  private final Backoff failures;
  private final Backoff database = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));

  Pace(ProvisioningConfig config, Lifetime lifetime, Clock clock) {
    this.work = config.work();
    this.lifetime = lifetime;
    this.clock = clock;
    this.failures = new Backoff(work.backoff(), work.backoffMax());
  }

  /** Waits before what the database did not take is tried again. */
  void pauseForDatabase(int attempt) {
    lifetime.pause(database.after(attempt, spread()));
  }

  /**
   * The next look at a tenant.
   *
   * @param due null = when something changes
   * @param retry announced as the next attempt, null if nothing failed
   */
  record Next(@Nullable Duration due, int attempt, @Nullable Instant retry) {
    Status applied(Status status) {
      return new Status(
          status.conditions(),
          status.sequence(),
          status.previousPhase(),
          status.observedGeneration(),
          status.appliedPlan(),
          status.sandboxes(),
          attempt,
          retry);
    }
  }

  Next next(Assessment assessment, Collection<Outcome> outcomes) {
    if (assessment.tenant().phase() == Phase.OFFBOARDED) {
      boolean more = assessment.tenant().desired().next() != null;
      return new Next(more ? Duration.ZERO : null, 0, null);
    }
    return switch (assessment.gravest().reason().weight()) {
      case GOOD, WAIVED -> new Next(Backoff.spread(work.readyRecheck(), spread()), 0, null);
      case PROGRESS -> new Next(soonest(outcomes), 0, null);
      case WAIT, BLOCK, REFUSAL -> retry(Backoff.spread(work.blockedRecheck(), spread()), 0);
      case RETRY -> {
        int attempt = assessment.tenant().status().attempt() + 1;
        yield retry(failures.after(attempt, spread()), attempt);
      }
    };
  }

  private Next retry(Duration wait, int attempt) {
    return new Next(wait, attempt, clock.instant().plus(wait));
  }

  private static Duration soonest(Collection<Outcome> outcomes) {
    return outcomes.stream()
        .filter(Outcome.InProgress.class::isInstance)
        .map(o -> ((Outcome.InProgress) o).recheckAfter())
        .min(Comparator.naturalOrder())
        .orElse(PROGRESS);
  }

  private static double spread() {
    return ThreadLocalRandom.current().nextDouble();
  }
}
