package dev.berth.kubernetes.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.object.FieldManagers.ForeignWriter;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource.Key;
import dev.berth.provisioning.Assignment.Owner;
import dev.berth.provisioning.Metrics;
import dev.berth.tenant.condition.Reason;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What was brought back after others had changed it: tells it, and knows which objects somebody
 * keeps changing. Such an object is contested until it was left alone for a while. It is then left
 * as it is, except one that guards: that is brought back all the same, and its tenant closed. Each
 * replica counts for itself.
 */
@Singleton
public class Repairs {

  static final int MOST = 5;
  static final Duration WINDOW = Duration.ofMinutes(10);

  private static final Logger LOG = Logger.getLogger(Repairs.class);
  private static final String DELETED = "deleted by others";

  private final Recurrence<Key> recent;
  private final Metrics metrics;

  public Repairs(Metrics metrics, Clock clock) {
    this.metrics = metrics;
    this.recent = new Recurrence<>(MOST, WINDOW, clock);
  }

  /** What is said instead of changing the object once more; empty = it may be changed. */
  Optional<Outcome> refusal(Wanted wanted, Live live, ObjectNode patch) {
    return refusal(wanted, change(live, patch));
  }

  /** What is said instead of making the object once more; empty = it may be made. */
  Optional<Outcome> refusal(Wanted wanted) {
    return refusal(wanted, DELETED);
  }

  private Optional<Outcome> refusal(Wanted wanted, String change) {
    return !wanted.isGuard() && wanted.gives() && recent.isExcessive(wanted.key())
        ? Optional.of(contested(wanted, change))
        : Optional.empty();
  }

  /** An object that nothing is wrong with, but that may be changed again the next moment. */
  Outcome asItIs(Wanted wanted, Live live) {
    return wanted.isGuard() && recent.isExcessive(wanted.key())
        ? contested(wanted, "changed some minutes ago")
        : new Outcome.Done(live.uid());
  }

  /** The object was made again. */
  Outcome madeAgain(Wanted wanted, Outcome outcome) {
    return repaired(wanted, DELETED, "", outcome);
  }

  /** The object was as {@code live} before the patch brought it back. */
  Outcome changedBack(Wanted wanted, Live live, ObjectNode patch, Outcome outcome) {
    return repaired(wanted, change(live, patch), places(patch), outcome);
  }

  private Outcome repaired(Wanted wanted, String change, String places, Outcome outcome) {
    Key key = wanted.key();
    String repair = note(key, wanted.assignment().owner(), change, places);
    if (!(outcome instanceof Outcome.Done done)) {
      return outcome;
    }
    return wanted.isGuard() && recent.isExcessive(key)
        ? contested(wanted, change)
        : new Outcome.Done(done.uid(), repair);
  }

  /** Subjects were taken out that others had put in, which is never given up. */
  Outcome takenOut(Key key, Owner owner, ForeignWriter author) {
    String repair = note(key, owner, "changed by " + name(author), "subjects");
    return recent.isExcessive(key)
        ? new Outcome.Rejected(
            Reason.Contested,
            "subjects were taken out of %s more than %d times within %d minutes, last put in by %s; stop what writes there"
                .formatted(key, MOST, WINDOW.toMinutes(), name(author)))
        : new Outcome.Done(null, repair);
  }

  private String note(Key key, Owner owner, String change, String places) {
    recent.note(key);
    metrics.repaired(key.kind());
    LOG.infof(
        "tenant=%s generation=%d resource=%s was brought back%s: %s",
        owner.tenant(), owner.generation(), key, places.isEmpty() ? "" : " at " + places, change);
    return "%s (%s%s)".formatted(key, places.isEmpty() ? "" : places + ", ", change);
  }

  private static Outcome contested(Wanted wanted, String change) {
    String begin =
        "%s was brought back more than %d times within %d minutes, last %s; "
            .formatted(wanted.key(), MOST, WINDOW.toMinutes(), change);
    return wanted.isGuard()
        ? new Outcome.Rejected(
            Reason.GuardContested,
            begin
                + "it is brought back on, but guards nothing meanwhile: stop what writes there;"
                + " once it was left alone for that long, the tenant continues automatically")
        : new Outcome.Rejected(
            Reason.Contested,
            begin
                + "it is left as it is for now: stop what writes there; it is brought back"
                + " automatically later");
  }

  private static String places(ObjectNode patch) {
    return Answers.brief(String.join(", ", Difference.places(patch)));
  }

  private static String change(Live live, JsonNode patch) {
    return FieldManagers.of(live)
        .stranger(patch)
        .map(author -> "changed by " + name(author))
        .orElse("changed by somebody who left no trace");
  }

  private static String name(ForeignWriter author) {
    return "field manager %s at %s".formatted(Answers.brief(author.manager()), author.time());
  }
}
