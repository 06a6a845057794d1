package dev.berth.provisioning.intake;

import dev.berth.event.RawRecord;
import dev.berth.event.incoming.Incoming;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.provisioning.Announcer;
import dev.berth.store.quarantine.QuarantinedRecord;
import dev.berth.store.quarantine.Refusals;
import dev.berth.tenant.condition.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Keeps records that were not taken, and says so on the quarantine topic, once each. */
@ApplicationScoped
class Quarantine {

  private final Refusals refusals;
  private final StatusEvents events;
  private final Announcer announcer;
  private final Clock clock;

  Quarantine(Refusals refusals, StatusEvents events, Announcer announcer, Clock clock) {
    this.refusals = refusals;
    this.events = events;
    this.announcer = announcer;
    this.clock = clock;
  }

  /** Puts the record away within the caller's transaction. */
  void put(RawRecord raw, Incoming.Hints claims, Refusal refusal) {
    Refusals.RefusedRecord refused =
        new Refusals.RefusedRecord(
            Archive.keep(raw),
            new Refusals.Sent(raw.key(), raw.timestamp()),
            claims.sha256(),
            new QuarantinedRecord.RecordClaims(
                claims.source(), claims.id(), claims.type(), claims.tenant()),
            refusal);
    if (refusals.add(refused)) {
      String aggregate = raw.position() + "/" + claims.sha256();
      announcer.quarantine(aggregate, events.refused(raw, claims, refusal, clock.instant()));
    }
  }
}
