package dev.berth.kubernetes.object;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Denial.DenialKind;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.provisioning.Assignment;
import dev.berth.tenant.condition.Reason;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes objects exist as described, and touches none that is not the tenant's.
 *
 * <p>The rule: an object is created by POST, which never overwrites. Every later write is a merge
 * patch of exactly the {@link Difference} to the object just read, and carries that object's uid
 * and resourceVersion: on a changed or replaced object it is refused with 409, on an absent one
 * with 404, so a worker that wakes late can neither overwrite nor create. Server-side apply would
 * leave standing what others added and what a POST of ours put there (it takes back only what an
 * apply of the same manager set), and creates where the object is gone.
 *
 * <p>Whoever lets people in asks the database first whether its claim still counts, and then writes
 * on the object that was read before: what a freeze took away meanwhile stays away.
 */
@Singleton
public class Writes {

  /** The API server makes a child wait 50 ms that arrives before it knows the namespace itself. */
  private static final Duration UNTIL_NAMESPACE_IS_KNOWN = Duration.ofMillis(2);

  private static final int ATTEMPTS = 3;

  private final ApiServer api;
  private final Namespaces namespaces;
  private final Repairs repairs;
  private final Clock clock;

  public Writes(ApiServer api, Namespaces namespaces, Repairs repairs, Clock clock) {
    this.api = api;
    this.namespaces = namespaces;
    this.repairs = repairs;
    this.clock = clock;
  }

  public Outcome apply(Operation.Apply apply, Assignment assignment) {
    return write(new Wanted(apply, assignment));
  }

  public Outcome close(Operation.Close close, Assignment assignment) {
    Wanted wanted = new Wanted(close, assignment);
    return namespaces
        .unlessOurs(wanted.key().namespace(), assignment)
        .orElseGet(() -> write(wanted));
  }

  private Outcome write(Wanted wanted) {
    // The controller makes the default account as well: mostly it is there, and then it is fenced.
    return wanted.isRecorded() || wanted.isAccount() ? settle(wanted) : create(wanted);
  }

  private Outcome create(Wanted wanted) {
    if (isOvertaken(wanted, wanted.manifest())) {
      return wanted.overtaken();
    }
    // The controller may still be faster with the default account: one write serves both cases.
    Answer made =
        wanted.isAccount()
            ? api.apply(wanted.path(), wanted.manifest(), wanted.deadline())
            : api.post(wanted.collection(), wanted.manifest(), wanted.deadline());
    if (made.isOk()) {
      if (wanted.isNamespace()) {
        LockSupport.parkNanos(UNTIL_NAMESPACE_IS_KNOWN.toNanos());
      }
      return readBack(made, wanted);
    }
    if (made.isAlreadyExists()) {
      return settle(wanted);
    }
    Outcome failed = Answers.outcome(made, "creating " + wanted.key());
    boolean nowhere = made.isAbsent() || made.denial().kind() == DenialKind.NAMESPACE_TERMINATING;
    return nowhere ? wanted.closedOr(failed) : failed;
  }

  /** Reads the object and brings it to what is wanted; again, if it changes in between. */
  private Outcome settle(Wanted wanted) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Answer got = api.get(wanted.path(), wanted.deadline());
      if (got.isAbsent()) {
        return wanted.lost("is gone").orElseGet(() -> createAgain(wanted));
      }
      if (!got.isOk()) {
        return Answers.outcome(got, "reading " + wanted.key());
      }
      Optional<Outcome> stop = wanted.untouchable(got.object(), clock.instant());
      if (stop.isPresent()) {
        return stop.get();
      }
      ObjectNode patch = Difference.between(got.object(), wanted.manifest());
      if (patch.isEmpty()) {
        return repairs.asItIs(wanted, got.object());
      }
      Optional<Outcome> changed = change(wanted, got.object(), patch);
      if (changed.isPresent()) {
        return changed.get();
      }
    }
    return new Outcome.Retryable(Reason.ApiConflict, wanted.key() + " keeps changing");
  }

  /** Empty = somebody else wrote since it was read. */
  private Optional<Outcome> change(Wanted wanted, Live live, ObjectNode patch) {
    if (isOvertaken(wanted, patch)) {
      return Optional.of(wanted.overtaken());
    }
    boolean drift = wanted.isDrift(live, patch);
    Optional<Outcome> refusal = drift ? repairs.refusal(wanted, live, patch) : Optional.empty();
    if (refusal.isPresent()) {
      return refusal;
    }
    ObjectNode change = patch.has("roleRef") ? nobody() : patch.deepCopy();
    Answer written = api.patch(wanted.path(), live.fence(change), wanted.deadline());
    if (written.isConflict()) {
      return Optional.empty();
    }
    if (!written.isOk()) {
      return Optional.of(Answers.outcome(written, "changing " + wanted.key()));
    }
    Outcome done = patch.has("roleRef") ? otherRole(wanted) : readBack(written, wanted);
    return Optional.of(drift ? repairs.changedBack(wanted, live, patch, done) : done);
  }

  private static boolean isOvertaken(Wanted wanted, ObjectNode change) {
    return wanted.letsIn(change) && !wanted.assignment().counts().getAsBoolean();
  }

  private Outcome createAgain(Wanted wanted) {
    if (!wanted.isRecorded()) {
      return create(wanted);
    }
    return repairs
        .refusal(wanted)
        .orElseGet(() -> {
          Outcome outcome = create(wanted);
          return outcome instanceof Outcome.Done ? repairs.madeAgain(wanted, outcome) : outcome;
        });
  }

  /** A binding's role cannot be changed; under the wrong one all access is revoked. */
  private static ObjectNode nobody() {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").putObject("annotations").put(Ownership.CLOSED, "true");
    patch.putArray("subjects");
    return patch;
  }

  /** The answer itself must show what was wanted. */
  private static Outcome readBack(Answer answer, Wanted wanted) {
    ObjectNode rest = Difference.between(answer.object(), wanted.manifest());
    return rest.isEmpty()
        ? new Outcome.Done(answer.object().uid())
        : new Outcome.Retryable(
            Reason.ContentMismatch,
            wanted.key()
                + " came back from the API server different from what was written, at "
                + String.join(", ", Difference.places(rest))
                + "; find the admission webhook or policy that changes it");
  }

  private static Outcome otherRole(Wanted wanted) {
    return new Outcome.Rejected(
        Reason.ApiInvalid,
        wanted.key()
            + " binds another role than the plan names, and a binding's role cannot be changed;"
            + " its subjects were removed: delete it, then it is created again");
  }
}
