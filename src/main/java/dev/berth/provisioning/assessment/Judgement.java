package dev.berth.provisioning.assessment;

import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Work;
import dev.berth.plan.Work.Finding;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Reason.Weight;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is to be said of one aspect of a tenant. Pure. */
public record Judgement(ConditionType type, Reason reason, String message) {

  private static final List<Weight> GRAVEST_FIRST =
      List.of(
          Weight.BLOCK,
          Weight.REFUSAL,
          Weight.RETRY,
          Weight.WAIT,
          Weight.PROGRESS,
          Weight.WAIVED,
          Weight.GOOD);

  /** Of two judgements the one that holds the tenant back more. */
  private static final Comparator<Judgement> GRAVITY =
      Comparator.<Judgement>comparingInt(j -> GRAVEST_FIRST.indexOf(j.reason().weight()))
          .thenComparing(Judgement::isWaiting);

  /**
   * What holds the tenant back most, or that nothing does. A lost guarantee outranks everything; so
   * does access that could not be closed, because other reasons would mean that no one has access.
   */
  static Judgement gravest(List<Judgement> judged, Work work, Map<Operation, Outcome> outcomes) {
    Judgement first = lost(judged, work);
    if (first == null && isLeftOpen(outcomes)) {
      first = about(ConditionType.AccessReady, judged);
    }
    return first != null
        ? first
        : judged.stream()
            .filter(j -> j.reason() != Reason.AccessClosed)
            .min(GRAVITY)
            .orElse(new Judgement(ConditionType.Ready, Reason.Provisioned, ""));
  }

  /** Null = nothing is lost, or it was proven again. */
  private static @Nullable Judgement lost(List<Judgement> judged, Work work) {
    Finding lost = work.lost();
    if (lost == null) {
      return null;
    }
    Judgement told = about(lost.type(), judged);
    if (told == null || told.isWaiting()) {
      return new Judgement(lost.type(), lost.reason(), lost.message());
    }
    return told.isGood() ? null : told;
  }

  private static @Nullable Judgement about(ConditionType type, List<Judgement> judged) {
    return judged.stream().filter(j -> j.type() == type).findFirst().orElse(null);
  }

  private static boolean isLeftOpen(Map<Operation, Outcome> outcomes) {
    return outcomes.entrySet().stream()
        .anyMatch(e ->
            e.getKey() instanceof Operation.Revoke revoke
                && revoke.closes()
                && !isDone(e.getValue()));
  }

  /** The gravest judgement on each aspect that anything was planned or found out about. */
  static List<Judgement> of(Tenant tenant, Work work, Map<Operation, Outcome> outcomes) {
    return Stream.of(ConditionType.values())
        .map(type -> of(type, tenant, work, outcomes))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Judgement> of(
      ConditionType type, Tenant tenant, Work work, Map<Operation, Outcome> outcomes) {
    Stream<Judgement> found =
        work.findings().stream()
            .filter(f -> f.type() == type)
            .map(f -> new Judgement(type, f.reason(), f.message()));
    Stream<Judgement> done =
        outcomes.entrySet().stream()
            .filter(e -> e.getKey().condition() == type)
            .filter(e -> !(e.getKey().takesAccess() && isDone(e.getValue())))
            .map(e -> of(type, e.getValue()));
    Stream<Judgement> closed =
        type == ConditionType.AccessReady
            ? Closure.of(tenant, work, outcomes).stream()
            : Stream.empty();
    return Stream.of(found, done, closed).flatMap(judgements -> judgements).min(GRAVITY);
  }

  private static boolean isDone(Outcome outcome) {
    return outcome instanceof Outcome.Done;
  }

  private static Judgement of(ConditionType type, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done d -> new Judgement(type, good(type), goodMessage(type));
      case Outcome.InProgress p -> new Judgement(type, p.reason(), p.message());
      case Outcome.Retryable r -> new Judgement(type, r.reason(), r.message());
      case Outcome.Rejected r -> new Judgement(type, r.reason(), r.message());
      case Outcome.Skipped s -> new Judgement(type, Reason.Waiting, "waits for: " + s.waitsFor());
    };
  }

  private static Reason good(ConditionType type) {
    return switch (type) {
      case RuntimeEnforced, QuotaReady -> Reason.Verified;
      default -> Reason.Applied;
    };
  }

  private static String goodMessage(ConditionType type) {
    return switch (type) {
      case NamespacesReady -> "every namespace exists, with its service account";
      case QuotaReady -> "quota and limits exist and are enforced";
      case NetworkIsolated -> "the network policy exists";
      case RuntimeEnforced -> "the API server denied a pod outside the sandbox";
      case AccessReady -> "owners and viewers have access";
      default -> "done";
    };
  }

  public Weight weight() {
    return reason.weight();
  }

  boolean isGood() {
    return weight() == Weight.GOOD || weight() == Weight.WAIVED;
  }

  /** Nothing was found out, because something else must be done first. */
  boolean isWaiting() {
    return reason == Reason.Waiting;
  }

  Condition condition(long generation, Instant at) {
    return Condition.of(type, reason, message, generation, at);
  }
}
