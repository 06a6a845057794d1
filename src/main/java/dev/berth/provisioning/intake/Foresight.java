package dev.berth.provisioning.intake;

import dev.berth.event.incoming.Incoming;
import dev.berth.store.inbox.Inbox.Ruling;
import dev.berth.store.inbox.Rejections;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Admission.Decision;
import dev.berth.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The verdict that a replay would come to, by the same rules as {@link Verdicts}. Reads only. */
@ApplicationScoped
class Foresight {

  private final Rejections rejections;
  private final Tenants tenants;
  private final RequestRules rules;

  Foresight(Rejections rejections, Tenants tenants, RequestRules rules) {
    this.rejections = rejections;
    this.tenants = tenants;
    this.rules = rules;
  }

  Verdict verdict(Incoming incoming) {
    return switch (incoming) {
      case Incoming.Refused refused -> Verdict.of(Ruling.REFUSED, refused.refusal());
      case Incoming.Authorised authorised ->
          switch (rejections.look(Verdicts.entry(authorised))) {
            case NEW -> rule(authorised);
            case DUPLICATE -> Verdicts.DUPLICATE;
            case ID_REUSED -> Verdict.of(Ruling.REFUSED, Verdicts.idReuse(authorised.claims()));
          };
    };
  }

  private Verdict rule(Incoming.Authorised authorised) {
    return switch (authorised) {
      case Incoming.Request request -> rules.expired(request).orElseGet(() -> request(request));
      case Incoming.Invalid invalid -> Verdict.of(Ruling.REJECTED, invalid.refusal());
    };
  }

  private Verdict request(Incoming.Request incoming) {
    Optional<Tenant> known = tenants.find(incoming.request().tenant());
    return switch (rules.decide(known.orElse(null), incoming)) {
      case Decision.NotOurs no -> Verdict.of(Ruling.NOT_OURS, no.message());
      case Decision.Stale stale -> Verdict.of(Ruling.STALE, stale.message());
      case Decision.Early early -> Verdict.of(Ruling.REJECTED, early.refusal());
      case Decision.Declined no -> Verdict.of(Ruling.REJECTED, no.refusal());
      case Decision.Applied applied ->
          Verdict.of(
              Ruling.APPLIED,
              "as generation %d of %s (now %d)"
                  .formatted(
                      incoming.generation(),
                      applied.tenant().id(),
                      known.map(tenant -> tenant.desired().generation()).orElse(0L)));
    };
  }
}
