package dev.berth.kubernetes.object;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource.Key;
import dev.berth.plan.Resource.Kind;
import dev.berth.provisioning.Assignment;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An object as it shall be, and what is said of the one that stands in its place; pure. */
record Wanted(Operation.Write write, Assignment assignment, ObjectNode manifest) {

  private static final Duration RECHECK = Duration.ofSeconds(2);

  Wanted(Operation.Write write, Assignment assignment) {
    this(write, assignment, Manifests.manifest(write.resource(), assignment));
  }

  Key key() {
    return write.resource().key();
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

  boolean isAccount() {
    return key().kind() == Kind.ServiceAccount;
  }

  boolean isRecorded() {
    return write.uid() != null;
  }

  /** Whether the tenant's sandbox or its isolation rests on the object. */
  boolean isGuard() {
    boolean guards =
        switch (key().kind()) {
          case Namespace, NetworkPolicy -> true;
          case ServiceAccount, ResourceQuota, LimitRange, RoleBinding -> false;
        };
    return guards && gives();
  }

  /** Whether the object is to let anybody or anything in. */
  boolean gives() {
    return write instanceof Operation.Apply;
  }

  /** Whether the change lets anybody in. */
  boolean letsIn(ObjectNode change) {
    return key().kind() == Kind.RoleBinding && !change.path("subjects").isEmpty();
  }

  /**
   * Whether the change undoes what others did. Within a generation Berth itself changes what it
   * wrote, adds annotations to a namespace, by the facts of the cluster, and gives closed access
   * back.
   */
  boolean isDrift(Live live, ObjectNode patch) {
    FieldManagers managers = FieldManagers.of(live);
    boolean ownDoing =
        switch (key().kind()) {
          case Namespace ->
              !patch.at("/metadata").has("labels") && managers.stranger(patch).isEmpty();
          case RoleBinding -> !live.annotation(Ownership.CLOSED).isEmpty();
          default -> false;
        };
    return isRecorded()
        && Ownership.generation(live) == generation()
        && !ownDoing
        && !managers.areBerths(patch);
  }

  /** Where nothing of the tenant's is left to be closed, closing it is done. */
  Outcome closedOr(Outcome otherwise) {
    return write instanceof Operation.Close ? new Outcome.Done(null) : otherwise;
  }

  /** Why the live object must be left alone, if it must. */
  Optional<Outcome> untouchable(Live live, Instant now) {
    if (!isOurs(live)) {
      return Optional.of(
          closedOr(lost("was replaced by another one").orElseGet(() -> nameTaken(live))));
    }
    if (live.isTerminating()) {
      return Optional.of(closedOr(terminating(live, now)));
    }
    return Ownership.generation(live) > generation()
        ? Optional.of(outdated(live))
        : Optional.empty();
  }

  /** A namespace that was recorded is never made a second time. */
  Optional<Outcome> lost(String how) {
    return isNamespace() && isRecorded()
        ? Optional.of(
            new Outcome.Rejected(
                Reason.NamespaceLost,
                "%s with the recorded uid %s %s, and with it everything in it; offboard the tenant and create it again"
                    .formatted(key(), write.uid(), how)))
        : Optional.empty();
  }

  /**
   * By the recorded uid, or by its marks. A namespace has one uid for good; the default account is
   * the controller's work or ours, so there the namespace decides.
   */
  private boolean isOurs(Live live) {
    if (live.uid().equals(write.uid()) || isAccount()) {
      return true;
    }
    return !(isNamespace() && isRecorded())
        && Ownership.isOf(live, key().namespace(), assignment.owner());
  }

  private long generation() {
    return assignment.owner().generation();
  }

  private Outcome nameTaken(Live live) {
    String other =
        isNamespace() && Ownership.isManagedByArm(live)
            ? " exists and is managed by Azure Resource Manager (label "
                + Ownership.MANAGED_BY_ARM
                + "), which would undo what Berth writes; it is left untouched: remove it there (az"
                + " aks namespace delete), or give the tenant another id"
            : " exists and was not created by Berth for this tenant; it is left untouched: remove"
                + " or rename it, or give the tenant another id";
    return new Outcome.Rejected(Reason.NameTaken, key() + other);
  }

  /** A recorded namespace that goes is as good as gone: nothing brings it back. */
  private Outcome terminating(Live live, Instant now) {
    return lost(Remaining.terminating(live).strip()).orElseGet(() -> inTheWay(live, now));
  }

  private Outcome inTheWay(Live live, Instant now) {
    List<String> holders = Remaining.obstacles(live.json(), MissingNode.getInstance(), now);
    String message = key() + Remaining.terminating(live);
    Outcome.InProgress meanwhile =
        new Outcome.InProgress(
            isNamespace() ? Reason.NamespaceTerminating : Reason.Pending,
            message + Headway.waitsFor(holders) + "; it is created again once it is gone",
            RECHECK);
    return Headway.ofDeletion(live).judge(message, holders, meanwhile, now);
  }

  Outcome overtaken() {
    return new Outcome.Retryable(
        Reason.ApiConflict,
        key()
            + " lets nobody in yet: something else was asked for the tenant meanwhile, or another"
            + " replica works on it, or the database does not answer; it is looked at again");
  }

  private Outcome outdated(Live live) {
    return new Outcome.Retryable(
        Reason.ApiConflict,
        "%s was written for generation %d, this attempt is for %d; nothing was changed, the newer generation stays"
            .formatted(key(), Ownership.generation(live), generation()));
  }
}
