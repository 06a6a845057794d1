package dev.berth.provisioning.work;

import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Work;
import dev.berth.provisioning.Backoff;
import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.assessment.Assessment;
import dev.berth.provisioning.assessment.Reminder;
import dev.berth.tenant.Status;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Reason.Weight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** When a tenant is checked again. */
@ApplicationScoped
class Pace {

  private static final Duration PROGRESS = Duration.ofSeconds(1);

  /** What is known of the cluster is read within a second or two. */
  private static final Duration UNINFORMED = Duration.ofSeconds(1);

  private final ProvisioningConfig.WorkSettings work;
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

  /** Waits before what the database did not take is tried again. False if it is not to be. */
  boolean pauseForDatabase(int attempt) {
    return lifetime.pause(database.after(attempt, spread()));
  }

  /**
   * The next look at a tenant.
   *
   * @param due null = when something changes
   * @param retry announced as the next attempt, null if nothing failed
   */
  record Next(@Nullable Duration due, int attempt, @Nullable Instant retry) {
    Status applied(Status status) {
      return status.retrying(attempt, retry);
    }
  }

  /** Taking access away that failed for a moment is tried again at once, whatever else is wrong. */
  Next next(Assessment assessment, Work done, Map<Operation, Outcome> outcomes) {
    if (assessment.tenant().phase() == Phase.OFFBOARDED) {
      boolean more = assessment.tenant().desired().next() != null;
      return new Next(more ? Duration.ZERO : null, 0, null);
    }
    Status status = assessment.tenant().status();
    if (done.isUninformed()) {
      Instant announced = status.nextRetryAt() == null ? null : clock.instant().plus(UNINFORMED);
      return new Next(UNINFORMED, status.attempt(), announced);
    }
    Weight weight = failedToTakeAway(outcomes) ? Weight.RETRY : weight(assessment, outcomes);
    return switch (weight) {
      case GOOD, WAIVED -> new Next(Backoff.spread(work.readyRecheck(), spread()), 0, null);
      case PROGRESS -> new Next(soonest(outcomes.values()), 0, null);
      case WAIT, BLOCK, REFUSAL -> {
        boolean counts = Reminder.counts(assessment.gravest().reason());
        Duration wait =
            isToBeClosed(assessment, done)
                ? Duration.ZERO
                : Backoff.spread(work.blockedRecheck(), spread());
        yield retry(wait, counts ? status.attempt() + 1 : 0);
      }
      case RETRY -> {
        int attempt = status.attempt() + 1;
        yield retry(failures.after(attempt, spread()), attempt);
      }
    };
  }

  /** Behind a freeze work goes on as on any other tenant. */
  private static Weight weight(Assessment assessment, Map<Operation, Outcome> outcomes) {
    boolean frozen = assessment.gravest().reason() == Reason.AccessFrozen;
    if (frozen && outcomes.values().stream().anyMatch(Outcome.Retryable.class::isInstance)) {
      return Weight.RETRY;
    }
    boolean goesOn = outcomes.values().stream().anyMatch(Outcome.InProgress.class::isInstance);
    return frozen && goesOn ? Weight.PROGRESS : assessment.gravest().weight();
  }

  /**
   * For a tenant with room that is to be free soon: it is looked at when that is heard of, and also
   * where nothing is.
   *
   * @param shrank whether a namespace of it has just gone, and with it what ran there
   */
  Next sooner(Next next, boolean shrank) {
    Duration wait = shrank ? PROGRESS : Backoff.spread(work.blockedRecheck(), spread());
    return next.due() == null || next.due().compareTo(wait) <= 0
        ? next
        : new Next(wait, next.attempt(), next.retry());
  }

  /** A guard was found contested only now: the next look takes the access away. */
  private static boolean isToBeClosed(Assessment assessment, Work done) {
    return assessment.gravest().reason() == Reason.GuardContested
        && assessment.tenant().status().appliedPlan() != null
        && done.lost() == null;
  }

  private static boolean failedToTakeAway(Map<Operation, Outcome> outcomes) {
    return outcomes.entrySet().stream()
        .anyMatch(e -> e.getKey().takesAccess() && e.getValue() instanceof Outcome.Retryable);
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
