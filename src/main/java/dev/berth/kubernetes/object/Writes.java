package dev.berth.kubernetes.object;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource;
import dev.berth.plan.Resource.Key;
import dev.berth.plan.Resource.Kind;
import dev.berth.provisioning.Assignment;
import dev.berth.tenant.Desired;
import dev.berth.tenant.condition.Reason;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
 */
@Singleton
public class Writes {

  /** The API server makes a child wait 50 ms that arrives before it knows the namespace itself. */
  private static final Duration UNTIL_NAMESPACE_IS_KNOWN = Duration.ofMillis(2);

  private static final int ATTEMPTS = 3;

  private final ApiServer api;
  private final Namespaces namespaces;

  public Writes(ApiServer api, Namespaces namespaces) {
    this.api = api;
    this.namespaces = namespaces;
  }

  public Outcome apply(Operation.Apply apply, Assignment assignment) {
    Wanted wanted = new Wanted(apply, assignment);
    if (wanted.closes() && !wanted.isNamespace()) {
      Optional<Outcome> nothingToDo = namespaces.unlessOurs(wanted.key().namespace(), assignment);
      if (nothingToDo.isPresent()) {
        return nothingToDo.get();
      }
    }
    // The controller makes the default account as well: mostly it is there, and then it is fenced.
    boolean looksFirst =
        apply.uid() != null
            || wanted.key().kind() == Kind.ServiceAccount
            || (wanted.closes() && wanted.isNamespace());
    return looksFirst ? settle(wanted) : create(wanted);
  }

  private Outcome create(Wanted wanted) {
    // The controller may still be faster with the default account: one write serves both cases.
    Answer made =
        wanted.key().kind() == Kind.ServiceAccount
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
    if (wanted.closes() && (made.isAbsent() || made.isNamespaceTerminating())) {
      return new Outcome.Done(null);
    }
    return Answers.outcome(made, "creating " + wanted.key());
  }

  /** Reads the object and brings it to what is wanted; again, if it changes in between. */
  private Outcome settle(Wanted wanted) {
    Outcome outcome = new Outcome.Retryable(Reason.ApiConflict, wanted.key() + " keeps changing");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Answer got = api.get(wanted.path(), wanted.deadline());
      if (got.isAbsent()) {
        return absent(wanted);
      }
      if (!got.isOk()) {
        return Answers.outcome(got, "reading " + wanted.key());
      }
      Optional<Outcome> stop = untouchable(got.object(), wanted);
      if (stop.isPresent()) {
        return stop.get();
      }
      ObjectNode patch = Difference.between(got.object(), wanted.manifest());
      if (patch.isEmpty()) {
        return new Outcome.Done(got.object().uid());
      }
      boolean otherRole = patch.has("roleRef");
      if (otherRole) {
        patch = nobody();
      }
      Answer written = api.patch(wanted.path(), got.object().fence(patch), wanted.deadline());
      if (written.isOk()) {
        return otherRole ? otherRole(wanted) : readBack(written, wanted);
      }
      outcome = Answers.outcome(written, "changing " + wanted.key());
      if (!written.isConflict()) {
        return outcome;
      }
    }
    return outcome;
  }

  private Outcome absent(Wanted wanted) {
    if (wanted.isNamespace() && wanted.closes()) {
      return new Outcome.Done(null);
    }
    return wanted.isNamespace() && wanted.apply().uid() != null
        ? namespaceLost(wanted, "is gone")
        : create(wanted.asNew());
  }

  /** Why the object must be left alone, if it must. */
  private static Optional<Outcome> untouchable(Live live, Wanted wanted) {
    if (!wanted.isOurs(live)) {
      return Optional.of(wanted.closes() ? new Outcome.Done(null) : notOurs(wanted));
    }
    if (live.isTerminating()) {
      return Optional.of(wanted.closes() ? new Outcome.Done(live.uid()) : terminating(wanted));
    }
    if (Ownership.generation(live) > wanted.generation()) {
      return Optional.of(
          new Outcome.Retryable(
              Reason.ApiConflict,
              wanted.key()
                  + " was written for generation "
                  + Ownership.generation(live)
                  + ", this attempt is for "
                  + wanted.generation()
                  + "; nothing was changed, the newer generation stands"));
    }
    return Optional.empty();
  }

  /** A binding's role cannot be changed; under the wrong one nobody keeps access. */
  private static ObjectNode nobody() {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
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
                + " came back from the API server other than it was written, at "
                + String.join(", ", Difference.places(rest))
                + "; find the admission webhook or policy that changes it");
  }

  private static Outcome terminating(Wanted wanted) {
    return wanted.isNamespace()
        ? new Outcome.InProgress(
            Reason.NamespaceTerminating,
            wanted.key() + " is being deleted; it is made anew once it is gone",
            Duration.ofSeconds(2))
        : new Outcome.InProgress(
            Reason.Pending,
            wanted.key() + " is being deleted; if it stays, remove its finalizers",
            Duration.ofSeconds(2));
  }

  private static Outcome notOurs(Wanted wanted) {
    if (wanted.isNamespace() && wanted.apply().uid() != null) {
      return namespaceLost(wanted, "was replaced by another one");
    }
    return new Outcome.Rejected(
        Reason.NameTaken,
        wanted.key()
            + " exists and was not made by Berth for this tenant; it is left untouched: remove or"
            + " rename it, or give the tenant another id");
  }

  private static Outcome otherRole(Wanted wanted) {
    return new Outcome.Rejected(
        Reason.ApiInvalid,
        wanted.key()
            + " binds another role than the plan names, and a binding's role cannot be changed;"
            + " its subjects were taken out: delete it, then it is made anew");
  }

  private static Outcome namespaceLost(Wanted wanted, String what) {
    return new Outcome.Rejected(
        Reason.NamespaceLost,
        wanted.key()
            + " with the recorded uid "
            + wanted.apply().uid()
            + " "
            + what
            + ", and with it all that was in it; offboard the tenant and create it again");
  }

  /** An operation with everything that is derived from it. */
  private record Wanted(Operation.Apply apply, Assignment assignment, ObjectNode manifest) {

    Wanted(Operation.Apply apply, Assignment assignment) {
      this(apply, assignment, Manifests.manifest(apply.resource(), assignment));
    }

    Wanted asNew() {
      Resource resource = apply.resource();
      return new Wanted(new Operation.Apply(resource, null, apply.after()), assignment, manifest);
    }

    Key key() {
      return apply.resource().key();
    }

    String path() {
      return ApiPath.object(key());
    }

    String collection() {
      return ApiPath.collection(key());
    }

    Instant deadline() {
      return assignment.deadline();
    }

    boolean isNamespace() {
      return key().kind() == Kind.Namespace;
    }

    /** Where there is nothing to be closed, closing it is done. */
    boolean closes() {
      return assignment.tenant().desired().mode() == Desired.Mode.OFFBOARDED
          || switch (apply.resource()) {
            case Resource.RoleBinding b -> b.subjects().isEmpty();
            case Resource.ResourceQuota q -> q.hard().equals(Map.of("pods", "0"));
            case Resource.Namespace n -> false;
            case Resource.ServiceAccount a -> false;
            case Resource.NetworkPolicy p -> false;
            case Resource.LimitRange l -> false;
          };
    }

    long generation() {
      return assignment.tenant().desired().generation();
    }

    /**
     * By the recorded uid, or by its marks. A namespace has one uid for good; the default account
     * is the controller's work or ours, so there the namespace decides.
     */
    boolean isOurs(Live live) {
      if (live.uid().equals(apply.uid()) || key().kind() == Kind.ServiceAccount) {
        return true;
      }
      return !(isNamespace() && apply.uid() != null)
          && Ownership.isOf(live, key().namespace(), assignment.tenant());
    }
  }
}
