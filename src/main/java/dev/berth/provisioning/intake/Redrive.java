package dev.berth.provisioning.intake;

import dev.berth.event.incoming.Decoder;
import dev.berth.store.DataFault;
import dev.berth.store.quarantine.Letter;
import dev.berth.store.quarantine.QuarantineFilter;
import dev.berth.store.quarantine.QuarantineSearch;
import dev.berth.store.quarantine.QuarantineSearch.Mark;
import dev.berth.store.quarantine.QuarantinedRecord;
import dev.berth.store.quarantine.QuarantinedRecord.RecordState;
import dev.berth.store.quarantine.Settlements;
import dev.berth.store.quarantine.Settlements.Handling;
import dev.berth.store.tenants.UnreadableTenantException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What people do about records of the quarantine: once for each, or not at all. */
@ApplicationScoped
public class Redrive {

  /** So many records are taken care of by one action. */
  public static final int AT_ONCE = 500;

  private static final Logger LOG = Logger.getLogger(Redrive.class);

  private final QuarantineSearch search;
  private final Settlements settlements;
  private final Replays replays;
  private final Decoder decoder;

  Redrive(QuarantineSearch search, Settlements settlements, Replays replays, Decoder decoder) {
    this.search = search;
    this.settlements = settlements;
    this.replays = replays;
    this.decoder = decoder;
  }

  /**
   * What was done about some records.
   *
   * @param left how many are open behind them
   * @param last where the next ones begin; null = there are none
   */
  public record Batch(List<RecordResult> results, long left, @Nullable Mark last) {}

  /** The action that something is done by, and when it was taken. */
  public record ActionOf(UUID id, Instant at) {}

  /** The record with what an older version did not keep, as far as its content tells it. */
  public QuarantinedRecord recalled(Letter letter) {
    return Rereading.recalled(letter, decoder);
  }

  /** What {@link #replay} would come to; changes nothing. */
  public RecordResult foresee(UUID id) {
    return attempt(id, () -> replays.foresee(id));
  }

  public Batch foreseeEach(QuarantineFilter filter, @Nullable Mark after) {
    return each(filter, after, Instant.MAX, replays::foresee);
  }

  /** What {@link #discard} would come to; changes nothing. */
  public RecordResult foreseeDiscard(UUID id) {
    return settlements
        .find(id)
        .map(Letter::record)
        .map(it -> it.isOpen() ? RecordResult.discarded(id) : RecordResult.settled(it))
        .orElseGet(() -> RecordResult.gone(id));
  }

  public Batch foreseeDiscardEach(QuarantineFilter filter, @Nullable Mark after) {
    return each(filter, after, Instant.MAX, RecordResult::discarded);
  }

  /** Takes the record in once more, in the caller's transaction. */
  public RecordResult replay(UUID id, UUID action) {
    return replays.decide(id, action);
  }

  /** It is not wanted, and stays until its age is over. In the caller's transaction. */
  public RecordResult discard(UUID id, UUID action) {
    return settlements.settle(id, new Handling(RecordState.DISCARDED, null, null, action))
        ? RecordResult.discarded(id)
        : foreseeDiscard(id);
  }

  /** Of those that were refused when the action was taken, the later ones nobody has seen. */
  public Batch replayEach(QuarantineFilter filter, @Nullable Mark after, ActionOf action) {
    return each(filter, after, action.at(), id -> replay(id, action.id()));
  }

  public Batch discardEach(QuarantineFilter filter, @Nullable Mark after, ActionOf action) {
    return each(filter, after, action.at(), id -> discard(id, action.id()));
  }

  /**
   * Does it to those that are open, oldest first, each in a transaction of its own. An outage of
   * the database is the caller's: what was not done then is still open.
   *
   * @param after where the batch before ended; null = from the oldest
   * @param until what was refused later is left: nobody has seen it yet
   */
  private Batch each(
      QuarantineFilter filter,
      @Nullable Mark after,
      Instant until,
      Function<UUID, RecordResult> what) {
    QuarantineSearch.QuarantinePage page = search.oldestOpen(filter, after, AT_ONCE);
    List<RecordResult> results =
        page.records().stream()
            .filter(it -> !it.refusedAt().isAfter(until))
            .map(QuarantinedRecord::id)
            .map(id -> attempt(id, () -> what.apply(id)))
            .toList();
    Mark last = results.size() < page.records().size() ? null : page.last();
    return new Batch(results, last == null ? 0 : search.countOpen(filter, last), last);
  }

  private static RecordResult attempt(UUID id, Supplier<RecordResult> work) {
    try {
      return QuarkusTransaction.requiringNew().call(work::get);
    } catch (UnreadableTenantException e) {
      return RecordResult.unreadable(id);
    } catch (RuntimeException e) {
      if (!DataFault.caused(e)) {
        throw e;
      }
      UUID fault = UUID.randomUUID();
      LOG.errorf(new Wordless(e), "Berth failed to replay record %s, id %s", id, fault);
      return RecordResult.undecided(
          id, RecordState.OPEN, "Berth failed on it, its log has the cause under " + fault);
    }
  }
}
