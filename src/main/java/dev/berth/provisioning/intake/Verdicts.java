package dev.berth.provisioning.intake;

import dev.berth.event.RawRecord;
import dev.berth.event.incoming.Incoming;
import dev.berth.plan.Plan;
import dev.berth.provisioning.Announcer;
import dev.berth.provisioning.Plans;
import dev.berth.store.inbox.EventId;
import dev.berth.store.inbox.Inbox;
import dev.berth.store.inbox.Inbox.Ruling;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Admission;
import dev.berth.tenant.Admission.Decision;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantRequest;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * TX1: finds the verdict of a record and stores it with all that follows from it, in the caller's
 * transaction.
 */
@ApplicationScoped
class Verdicts {

  private final Inbox inbox;
  private final Quarantine quarantine;
  private final Tenants tenants;
  private final Announcer announcer;
  private final Plans plans;
  private final Admission admission;
  private final Clock clock;

  Verdicts(
      Inbox inbox,
      Quarantine quarantine,
      Tenants tenants,
      Announcer announcer,
      Plans plans,
      Admission admission,
      Clock clock) {
    this.inbox = inbox;
    this.quarantine = quarantine;
    this.tenants = tenants;
    this.announcer = announcer;
    this.plans = plans;
    this.admission = admission;
    this.clock = clock;
  }

  Verdict decide(RawRecord raw, Incoming incoming) {
    return arrive(raw, incoming, authorised -> rule(raw, authorised, null));
  }

  /** Remembers a request whose verdict has to wait; the next record is served. */
  Verdict park(RawRecord raw, Incoming incoming) {
    return arrive(
        raw,
        incoming,
        authorised -> {
          String message =
              "what is stored of the tenant cannot be read: the request is decided once it can";
          inbox.park(event(authorised), null, null, message);
          return Verdict.of(Ruling.PARKED, message);
        });
  }

  /**
   * The verdict on a request that was parked; that it is to wait on may be one.
   *
   * @param until how long it waits for something to come; null = it did not wait for that
   */
  Verdict decideParked(RawRecord raw, Incoming incoming, @Nullable Instant until) {
    return switch (incoming) {
      case Incoming.Refused refused ->
          throw new IllegalStateException("it would be refused now: " + refused.refusal());
      case Incoming.Authorised authorised -> rule(raw, authorised, until);
    };
  }

  private Verdict arrive(
      RawRecord raw, Incoming incoming, Function<Incoming.Authorised, Verdict> decide) {
    return switch (incoming) {
      case Incoming.Refused refused -> refuse(raw, refused.claims(), refused.refusal());
      case Incoming.Authorised authorised ->
          switch (inbox.arrive(entry(authorised), Archive.keep(raw))) {
            case NEW -> decide.apply(authorised);
            case DUPLICATE -> Verdict.of(Ruling.DUPLICATE, "the request was taken before");
            case ID_REUSED -> refuse(raw, authorised.claims(), idReuse(authorised.claims()));
          };
    };
  }

  private Verdict rule(RawRecord raw, Incoming.Authorised authorised, @Nullable Instant until) {
    return switch (authorised) {
      case Incoming.Request request -> request(raw, request, until);
      case Incoming.Invalid invalid -> reject(raw, invalid, invalid.refusal());
    };
  }

  private Verdict refuse(RawRecord raw, Incoming.Hints claims, Refusal refusal) {
    quarantine.put(raw, claims, refusal);
    return Verdict.of(Ruling.REFUSED, refusal);
  }

  private static Inbox.Entry entry(Incoming.Authorised authorised) {
    Incoming.Envelope envelope = authorised.envelope();
    return new Inbox.Entry(
        event(authorised),
        envelope.sha256(),
        envelope.type(),
        envelope.tenant().value(),
        authorised.generation());
  }

  private static EventId event(Incoming.Authorised authorised) {
    return new EventId(authorised.envelope().source(), authorised.envelope().id());
  }

  private static Refusal idReuse(Incoming.Hints claims) {
    return new Refusal(
        Reason.IdReuse,
        "source %s used id %s before, with other content: every event needs an id of its own"
            .formatted(claims.source(), claims.id()));
  }

  private Verdict reject(RawRecord raw, Incoming.Authorised incoming, Refusal refusal) {
    Incoming.Envelope envelope = incoming.envelope();
    Verdict verdict = decided(incoming, Verdict.of(Ruling.REJECTED, refusal));
    Tenant left =
        Admission.rejected(
            tenants.lock(envelope.tenant()).orElse(null),
            envelope.tenant(),
            refusal,
            around(null, envelope.cause()));
    quarantine.put(raw, envelope.claims(), refusal);
    tenants.remember(announcer.reject(left, refusal, envelope.cause()));
    return verdict;
  }

  private Verdict request(RawRecord raw, Incoming.Request incoming, @Nullable Instant until) {
    if (incoming.expiry() != null && incoming.expiry().isBefore(tenants.now())) {
      return decided(
          incoming,
          Verdict.of(Ruling.EXPIRED, "its expirytime %s had passed".formatted(incoming.expiry())));
    }
    TenantRequest request = incoming.request();
    Cause cause = incoming.envelope().cause();
    Optional<Tenant> known = tenants.lock(request.tenant());
    Decision decision =
        admission.decide(known.orElse(null), request, around(plans.named(request), cause));
    return switch (decision) {
      case Decision.NotOurs no -> decided(incoming, Verdict.of(Ruling.NOT_OURS, no.message()));
      case Decision.Stale stale -> stale(incoming, stale);
      case Decision.Early early -> early(raw, incoming, early, until);
      case Decision.Declined no -> reject(raw, incoming, no.refusal());
      case Decision.Applied applied ->
          apply(incoming, known.orElse(applied.tenant()), applied.tenant());
    };
  }

  private Verdict apply(Incoming.Request incoming, Tenant before, Tenant after) {
    tenants.save(announcer.accept(before, after));
    return decided(incoming, Verdict.APPLIED);
  }

  private Verdict stale(Incoming.Request incoming, Decision.Stale stale) {
    if (stale.remembered() != null) {
      tenants.remember(stale.remembered());
    }
    return decided(incoming, Verdict.of(Ruling.STALE, stale.message()));
  }

  /** Waits for what would make it admissible, and then no longer. */
  private Verdict early(
      RawRecord raw, Incoming.Request incoming, Decision.Early early, @Nullable Instant until) {
    Instant end = until == null ? tenants.now().plus(early.patience()) : until;
    if (until != null && until.isBefore(tenants.now())) {
      return reject(raw, incoming, early.refusal());
    }
    inbox.park(event(incoming), end, early.refusal().reason(), early.message());
    return new Verdict(Ruling.PARKED, early.refusal().reason(), early.message());
  }

  private Verdict decided(Incoming.Authorised incoming, Verdict verdict) {
    inbox.decide(event(incoming), verdict.ruling(), verdict.reason(), verdict.message());
    return verdict;
  }

  private Admission.Surroundings around(@Nullable Plan plan, Cause cause) {
    if (plan == null) {
      return new Admission.Surroundings(null, null, cause, clock.instant());
    }
    Plan.Count count = plan.sandbox().count();
    return new Admission.Surroundings(
        plan.id(), new Admission.Bounds(count.min(), count.max()), cause, clock.instant());
  }
}
