package dev.berth.provisioning.intake;

import dev.berth.event.RawRecord;
import dev.berth.event.incoming.Incoming;
import dev.berth.plan.Plan;
import dev.berth.provisioning.Announcer;
import dev.berth.provisioning.Plans;
import dev.berth.provisioning.intake.Verdict.Ruling;
import dev.berth.store.inbox.Inbox;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Admission;
import dev.berth.tenant.Admission.Decision;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantRequest;
import dev.berth.tenant.condition.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
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
    return switch (incoming) {
      case Incoming.Refused refused -> refuse(raw, refused);
      case Incoming.Invalid rejected ->
          arrive(raw, rejected.envelope(), 0, entry -> reject(raw, entry, rejected));
      case Incoming.Request request ->
          arrive(
              raw,
              request.envelope(),
              request.request().generation(),
              entry -> request(raw, entry, request));
    };
  }

  /** Remembers a request whose verdict has to wait; the next record is served. */
  Verdict park(RawRecord raw, Incoming incoming) {
    Function<Inbox.Entry, Verdict> park =
        entry -> {
          inbox.park(entry);
          return Verdict.of(Ruling.PARKED);
        };
    return switch (incoming) {
      case Incoming.Refused refused -> refuse(raw, refused);
      case Incoming.Invalid rejected -> arrive(raw, rejected.envelope(), 0, park);
      case Incoming.Request request ->
          arrive(raw, request.envelope(), request.request().generation(), park);
    };
  }

  /** The verdict on a request that was parked. */
  Verdict decideParked(RawRecord raw, Incoming incoming) {
    return switch (incoming) {
      case Incoming.Refused refused ->
          throw new IllegalStateException("it would be refused now: " + refused.refusal());
      case Incoming.Invalid rejected -> reject(raw, entry(raw, rejected.envelope(), 0), rejected);
      case Incoming.Request request ->
          request(raw, entry(raw, request.envelope(), request.request().generation()), request);
    };
  }

  /** What a record becomes that Berth failed to digest again and again. */
  static Incoming.Refused indigestible(Incoming incoming) {
    Incoming.Hints claims =
        switch (incoming) {
          case Incoming.Refused refused -> refused.claims();
          case Incoming.Invalid rejected -> rejected.envelope().claims();
          case Incoming.Request request -> request.envelope().claims();
        };
    String message =
        "Berth failed on this record; its log says why. Report it, then send the record again";
    return new Incoming.Refused(
        claims, new Incoming.Refusal(Reason.Unexpected, message, List.of()));
  }

  private Verdict refuse(RawRecord raw, Incoming.Refused refused) {
    quarantine.put(raw, refused.claims(), refused.refusal());
    return new Verdict(Ruling.REFUSED, refused.refusal().reason());
  }

  private Verdict arrive(
      RawRecord raw,
      Incoming.Envelope envelope,
      long generation,
      Function<Inbox.Entry, Verdict> decide) {
    Inbox.Entry entry = entry(raw, envelope, generation);
    return switch (inbox.arrive(entry)) {
      case NEW -> decide.apply(entry);
      case DUPLICATE -> Verdict.of(Ruling.DUPLICATE);
      case ID_REUSED -> refuse(raw, new Incoming.Refused(envelope.claims(), idReuse(envelope)));
    };
  }

  private static Inbox.Entry entry(RawRecord raw, Incoming.Envelope envelope, long generation) {
    byte[] value = raw.value() == null ? new byte[0] : raw.value();
    return new Inbox.Entry(
        envelope.source(),
        envelope.id(),
        envelope.sha256(),
        envelope.type(),
        envelope.tenant().value(),
        generation,
        Quarantine.position(raw),
        Quarantine.headers(raw),
        value);
  }

  private static Incoming.Refusal idReuse(Incoming.Envelope envelope) {
    String message =
        "source %s used id %s before, with other content: every event needs an id of its own"
            .formatted(envelope.claims().source(), envelope.claims().id());
    return new Incoming.Refusal(Reason.IdReuse, message, List.of());
  }

  private Verdict reject(RawRecord raw, Inbox.Entry entry, Incoming.Invalid rejected) {
    Incoming.Envelope envelope = rejected.envelope();
    Incoming.Refusal refusal = rejected.refusal();
    inbox.decide(entry, Inbox.InboxVerdict.REJECTED, refusal.reason().name());
    Tenant left =
        Admission.rejected(
            tenants.lock(envelope.tenant()).orElse(null),
            envelope.tenant(),
            refusal.reason(),
            refusal.message(),
            around(null, envelope.cause()));
    quarantine.put(raw, envelope.claims(), refusal);
    tenants.remember(announcer.reject(left, refusal.reason(), refusal.message(), envelope.cause()));
    return new Verdict(Ruling.REJECTED, refusal.reason());
  }

  private Verdict request(RawRecord raw, Inbox.Entry entry, Incoming.Request incoming) {
    if (incoming.expiry() != null && incoming.expiry().isBefore(tenants.now())) {
      return decided(entry, Inbox.InboxVerdict.EXPIRED, Ruling.EXPIRED);
    }
    TenantRequest request = incoming.request();
    Cause cause = incoming.envelope().cause();
    Optional<Tenant> known = tenants.lock(request.tenant());
    Decision decision =
        admission.decide(known.orElse(null), request, around(plans.named(request), cause));
    return switch (decision) {
      case Decision.NotOurs n -> decided(entry, Inbox.InboxVerdict.NOT_OURS, Ruling.NOT_OURS);
      case Decision.Stale stale -> stale(entry, stale);
      case Decision.Declined no ->
          reject(raw, entry, new Incoming.Invalid(incoming.envelope(), refusal(no)));
      case Decision.Applied applied ->
          apply(entry, known.orElse(applied.tenant()), applied.tenant());
    };
  }

  private Verdict apply(Inbox.Entry entry, Tenant before, Tenant after) {
    tenants.save(announcer.accept(before, after));
    return decided(entry, Inbox.InboxVerdict.APPLIED, Ruling.APPLIED);
  }

  private Verdict stale(Inbox.Entry entry, Decision.Stale stale) {
    if (stale.remembered() != null) {
      tenants.remember(stale.remembered());
    }
    return decided(entry, Inbox.InboxVerdict.STALE, Ruling.STALE);
  }

  private Verdict decided(Inbox.Entry entry, Inbox.InboxVerdict verdict, Ruling kind) {
    inbox.decide(entry, verdict, null);
    return Verdict.of(kind);
  }

  private static Incoming.Refusal refusal(Decision.Declined no) {
    return new Incoming.Refusal(
        no.reason(),
        no.message(),
        List.of(new Incoming.Fault(no.pointer(), no.reason(), no.message())));
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
