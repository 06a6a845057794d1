package dev.berth.provisioning.intake;

import dev.berth.event.incoming.Decoder;
import dev.berth.store.DataFault;
import dev.berth.store.actions.Actions;
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
import java.util.function.BiFunction;
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
  private final Actions actions;

  Redrive(
      QuarantineSearch search,
      Settlements settlements,
      Replays replays,
      Decoder decoder,
      Actions actions) {
    this.search = search;
    this.settlements = settlements;
    this.replays = replays;
    this.decoder = decoder;
    this.actions = actions;
  }

  /**
   * What was done about some records.
   *
   * @param left how many are open behind them
   * @param last where the next ones begin; null = there are none
   */
  public record Batch(List<RecordResult> results, long left, @Nullable Mark last) {

    public static final Batch NONE = new Batch(List.of(), 0, null);
  }

  /** The action that something is done by, and the last record that it is about. */
  public record ActionOf(UUID id, Mark last) {}

  /** By the clock that records are given their times by. */
  public Instant now() {
    return search.now();
  }

  /** The record with what an older version did not keep, as far as its content tells it. */
  public QuarantinedRecord recalled(Letter letter) {
    return Rereading.recalled(letter, decoder);
  }

  /** What {@link #replay} would come to; changes nothing. */
  public RecordResult foresee(UUID id) {
    return attempt(id, () -> replays.foresee(id));
  }

  public Batch foreseeEach(QuarantineFilter filter, @Nullable Mark after) {
    return each(filter, after, null, replays::foresee);
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
    return each(filter, after, null, RecordResult::discarded);
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

  /** The last record that an action taken now is about; null = none is open. */
  public @Nullable Mark last(QuarantineFilter filter, @Nullable Mark after) {
    List<QuarantinedRecord> open = search.oldestOpen(filter, after, AT_ONCE).records();
    return open.isEmpty() ? null : Mark.of(open.getLast());
  }

  public Batch replayEach(QuarantineFilter filter, @Nullable Mark after, ActionOf action) {
    return each(filter, after, action, this::replay);
  }

  public Batch discardEach(QuarantineFilter filter, @Nullable Mark after, ActionOf action) {
    return each(filter, after, action, this::discard);
  }

  /** For an action that another replica ended meanwhile, nothing. */
  private Batch each(
      QuarantineFilter filter,
      @Nullable Mark after,
      ActionOf action,
      BiFunction<UUID, UUID, RecordResult> what) {
    return each(
        filter,
        after,
        action.last(),
        id ->
            actions.holdPending(action.id())
                ? what.apply(id, action.id())
                : RecordResult.undecided(id, RecordState.OPEN, "the action is over"));
  }

  /**
   * Does it to those that are open, oldest first, each in a transaction of its own. An outage of
   * the database is the caller's: what was not done then is still open.
   *
   * @param after where the batch before ended; null = from the oldest
   * @param last what is behind it is left; null = as many as one action is about
   */
  private Batch each(
      QuarantineFilter filter,
      @Nullable Mark after,
      @Nullable Mark last,
      Function<UUID, RecordResult> what) {
    QuarantineSearch.QuarantinePage page = search.oldestOpen(filter, after, AT_ONCE);
    List<RecordResult> results =
        page.records().stream()
            .filter(it -> last == null || !last.isBefore(it))
            .map(QuarantinedRecord::id)
            .map(id -> attempt(id, () -> what.apply(id)))
            .toList();
    Mark end = last == null ? page.last() : last;
    long left = end == null ? 0 : search.countOpen(filter, end);
    return new Batch(results, left, left == 0 ? null : end);
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
