package dev.berth.provisioning.intake;

import dev.berth.event.RawRecord;
import dev.berth.event.incoming.Incoming;
import dev.berth.provisioning.Announcer;
import dev.berth.store.inbox.EventId;
import dev.berth.store.inbox.Inbox;
import dev.berth.store.inbox.Inbox.Ruling;
import dev.berth.store.inbox.Parked.ParkedRequest;
import dev.berth.store.inbox.Rejections;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Admission;
import dev.berth.tenant.Admission.Decision;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
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

  static final Verdict DUPLICATE = Verdict.of(Ruling.DUPLICATE, "the request was taken before");

  /**
   * On what occasion a request is decided.
   *
   * @param until how long it waits for something to come; null = as long as is allowed
   * @param told its tenant was told before that it is rejected
   */
  private record Occasion(@Nullable Instant until, boolean told) {

    static final Occasion ARRIVAL = new Occasion(null, false);

    /** What a person sends again waits for nothing. */
    static final Occasion REPLAY = new Occasion(Instant.EPOCH, false);

    static final Occasion REPLAY_OF_REJECTED = new Occasion(Instant.EPOCH, true);

    static Occasion parked(@Nullable Instant until) {
      return new Occasion(until, false);
    }
  }

  private final Inbox inbox;
  private final Rejections rejections;
  private final Quarantine quarantine;
  private final Tenants tenants;
  private final Announcer announcer;
  private final RequestRules rules;

  Verdicts(
      Inbox inbox,
      Rejections rejections,
      Quarantine quarantine,
      Tenants tenants,
      Announcer announcer,
      RequestRules rules) {
    this.inbox = inbox;
    this.rejections = rejections;
    this.quarantine = quarantine;
    this.tenants = tenants;
    this.announcer = announcer;
    this.rules = rules;
  }

  Verdict decide(RawRecord raw, Incoming incoming) {
    return arrive(raw, incoming, authorised -> rule(raw, authorised, Occasion.ARRIVAL));
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
   * The verdict on a request that was parked; that it is to wait on may be one. What would not be
   * taken any more, such as one of a source that lost its permission, is refused as if it came now.
   */
  Verdict decideParked(ParkedRequest request, RawRecord raw, Incoming incoming) {
    return switch (incoming) {
      case Incoming.Refused refused -> {
        inbox.forget(request.event());
        yield refuse(raw, refused.claims(), refused.refusal());
      }
      case Incoming.Authorised authorised ->
          rule(raw, authorised, Occasion.parked(request.until()));
    };
  }

  /**
   * The verdict on a record that is in quarantine: it arrives once more, and one that was rejected
   * is decided once more. If it is not taken again, it stays where it is.
   */
  Verdict replay(RawRecord raw, Incoming incoming) {
    return switch (incoming) {
      case Incoming.Refused refused -> Verdict.of(Ruling.REFUSED, refused.refusal());
      case Incoming.Authorised authorised ->
          switch (inbox.arrive(entry(authorised), Archive.keep(raw))) {
            case NEW -> rule(raw, authorised, Occasion.REPLAY);
            case DUPLICATE ->
                rejections.reopen(event(authorised))
                    ? rule(raw, authorised, Occasion.REPLAY_OF_REJECTED)
                    : DUPLICATE;
            case ID_REUSED -> Verdict.of(Ruling.REFUSED, idReuse(authorised.claims()));
          };
    };
  }

  private Verdict arrive(
      RawRecord raw, Incoming incoming, Function<Incoming.Authorised, Verdict> decide) {
    return switch (incoming) {
      case Incoming.Refused refused -> refuse(raw, refused.claims(), refused.refusal());
      case Incoming.Authorised authorised ->
          switch (inbox.arrive(entry(authorised), Archive.keep(raw))) {
            case NEW -> decide.apply(authorised);
            case DUPLICATE -> DUPLICATE;
            case ID_REUSED -> refuse(raw, authorised.claims(), idReuse(authorised.claims()));
          };
    };
  }

  private Verdict rule(RawRecord raw, Incoming.Authorised authorised, Occasion occasion) {
    return switch (authorised) {
      case Incoming.Request request -> request(raw, request, occasion);
      case Incoming.Invalid invalid -> reject(raw, invalid, invalid.refusal(), occasion);
    };
  }

  private Verdict refuse(RawRecord raw, Incoming.Hints claims, Refusal refusal) {
    quarantine.put(raw, claims, refusal);
    return Verdict.of(Ruling.REFUSED, refusal);
  }

  static Inbox.Entry entry(Incoming.Authorised authorised) {
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

  static Refusal idReuse(Incoming.Hints claims) {
    return new Refusal(
        Reason.IdReuse,
        "source %s used id %s before, with other content: every event needs an id of its own"
            .formatted(claims.source(), claims.id()));
  }

  private Verdict reject(
      RawRecord raw, Incoming.Authorised incoming, Refusal refusal, Occasion occasion) {
    Verdict verdict = decided(incoming, Verdict.of(Ruling.REJECTED, refusal));
    if (!occasion.told()) {
      Incoming.Envelope envelope = incoming.envelope();
      Tenant left =
          Admission.rejected(
              tenants.lock(envelope.tenant()).orElse(null),
              envelope.tenant(),
              refusal,
              rules.around(null, envelope.cause()));
      quarantine.put(raw, envelope.claims(), refusal);
      tenants.remember(announcer.reject(left, refusal, envelope.cause()));
    }
    return verdict;
  }

  private Verdict request(RawRecord raw, Incoming.Request incoming, Occasion occasion) {
    Optional<Verdict> expired = rules.expired(incoming);
    if (expired.isPresent()) {
      return decided(incoming, expired.get());
    }
    Optional<Tenant> known = tenants.lock(incoming.request().tenant());
    return switch (rules.decide(known.orElse(null), incoming)) {
      case Decision.NotOurs no -> decided(incoming, Verdict.of(Ruling.NOT_OURS, no.message()));
      case Decision.Stale stale -> stale(incoming, stale);
      case Decision.Early early -> early(raw, incoming, early, occasion);
      case Decision.Declined no -> reject(raw, incoming, no.refusal(), occasion);
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
      RawRecord raw, Incoming.Request incoming, Decision.Early early, Occasion occasion) {
    Instant until = occasion.until();
    Instant end = until == null ? tenants.now().plus(early.patience()) : until;
    if (until != null && until.isBefore(tenants.now())) {
      return reject(raw, incoming, early.refusal(), occasion);
    }
    inbox.park(event(incoming), end, early.refusal().reason(), early.message());
    return new Verdict(Ruling.PARKED, early.refusal(), early.message());
  }

  private Verdict decided(Incoming.Authorised incoming, Verdict verdict) {
    inbox.decide(event(incoming), verdict.ruling(), verdict.reason(), verdict.message());
    return verdict;
  }
}
