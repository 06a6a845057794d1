package dev.berth.provisioning.intake;

import dev.berth.event.incoming.Decoder;
import dev.berth.event.incoming.Incoming;
import dev.berth.provisioning.Metrics;
import dev.berth.store.AfterCommit;
import dev.berth.store.inbox.Inbox.Ruling;
import dev.berth.store.quarantine.Letter;
import dev.berth.store.quarantine.Settlements;
import dev.berth.store.quarantine.Settlements.Handling;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.UUID;

/**
 * Decides records of the quarantine once more, by the same inbox as new ones, within the caller's
 * transaction.
 */
@ApplicationScoped
class Replays {

  private final Settlements settlements;
  private final Decoder decoder;
  private final Verdicts verdicts;
  private final Foresight foresight;
  private final Metrics metrics;
  private final VerdictLog log;
  private final TransactionSynchronizationRegistry transactions;

  Replays(
      Settlements settlements,
      Decoder decoder,
      Verdicts verdicts,
      Foresight foresight,
      Metrics metrics,
      VerdictLog log,
      TransactionSynchronizationRegistry transactions) {
    this.settlements = settlements;
    this.decoder = decoder;
    this.verdicts = verdicts;
    this.foresight = foresight;
    this.metrics = metrics;
    this.log = log;
    this.transactions = transactions;
  }

  /** What {@link #decide} would come to. The database refuses whatever would be written. */
  RecordResult foresee(UUID id) {
    settlements.forbidWrites();
    return settlements.find(id).map(this::foresee).orElseGet(() -> RecordResult.gone(id));
  }

  private RecordResult foresee(Letter letter) {
    if (!letter.record().isOpen()) {
      return RecordResult.settled(letter.record());
    }
    Verdict verdict = foresight.verdict(Rereading.of(letter, decoder).incoming());
    return RecordResult.of(letter.record().id(), verdict, verdict.message());
  }

  /** A record that is not taken again stays open, with the reason of now. */
  RecordResult decide(UUID id, UUID action) {
    return settlements
        .lock(id)
        .map(letter -> decide(letter, action))
        .orElseGet(() -> RecordResult.gone(id));
  }

  private RecordResult decide(Letter letter, UUID action) {
    if (!letter.record().isOpen()) {
      return RecordResult.settled(letter.record());
    }
    UUID id = letter.record().id();
    Rereading again = Rereading.of(letter, decoder);
    Verdict verdict = verdicts.replay(again.raw(), again.incoming());
    RecordResult result = RecordResult.of(id, verdict, message(verdict, again.incoming()));
    settlements.settle(id, new Handling(result.state(), result.result(), result.message(), action));
    if (verdict.refusal() != null) {
      settlements.because(id, verdict.refusal());
    }
    AfterCommit.run(transactions, () -> tell(again, verdict));
    return result;
  }

  private void tell(Rereading again, Verdict verdict) {
    metrics.counted(again.raw(), verdict.ruling(), verdict.reason());
    log.tell(again.raw(), again.incoming(), verdict);
  }

  private static String message(Verdict verdict, Incoming incoming) {
    return verdict.ruling() == Ruling.APPLIED && incoming instanceof Incoming.Authorised authorised
        ? "as generation %d of %s"
            .formatted(authorised.generation(), authorised.envelope().tenant())
        : verdict.message();
  }
}
