package dev.berth.provisioning.actions;

import static java.util.Objects.requireNonNull;

import dev.berth.provisioning.intake.RecordResult;
import dev.berth.provisioning.intake.Redrive;
import dev.berth.provisioning.intake.Redrive.ActionOf;
import dev.berth.provisioning.intake.Redrive.Batch;
import dev.berth.store.Json;
import dev.berth.store.Schema;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.actions.Actions;
import dev.berth.store.actions.Unfinished;
import dev.berth.store.quarantine.QuarantineFilter;
import dev.berth.store.quarantine.QuarantineSearch.Mark;
import dev.berth.store.quarantine.Settlements;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Actions on the records that a filter finds: stored first, then carried out record by record. One
 * that was interrupted is carried out by whichever replica comes first.
 */
@ApplicationScoped
public class BulkRedrive {

  private static final Logger LOG = Logger.getLogger(BulkRedrive.class);
  private static final Duration INTERRUPTED = Duration.ofMinutes(2);

  private final Redrive redrive;
  private final Settlements settlements;
  private final Actions actions;
  private final Unfinished unfinished;

  BulkRedrive(Redrive redrive, Settlements settlements, Actions actions, Unfinished unfinished) {
    this.redrive = redrive;
    this.settlements = settlements;
    this.actions = actions;
    this.unfinished = unfinished;
  }

  /**
   * Which records an action is about.
   *
   * @param after where the action before ended; null = from the oldest
   * @param last that was open when the action was taken: what comes later nobody has seen, and one
   *     that is gone on with is about no others; null = none was
   */
  public record Order(QuarantineFilter filter, @Nullable Mark after, @Nullable Mark last) {

    /** Before the action is taken. */
    public Order(QuarantineFilter filter, @Nullable Mark after) {
      this(filter, after, null);
    }
  }

  /**
   * What came of it.
   *
   * @param results how many records, by what came of them
   * @param left how many are open behind them
   * @param nextCursor for the action that takes care of these; null = there are none
   */
  record RedriveSum(Map<String, Long> results, long left, @Nullable String nextCursor) {}

  /** What {@link #carryOut} would come to; changes nothing. */
  public Batch foresee(ActionKind kind, Order order) {
    return kind == ActionKind.REPLAY
        ? redrive.foreseeEach(order.filter(), order.after())
        : redrive.foreseeDiscardEach(order.filter(), order.after());
  }

  /** Stores what is to be done. */
  public Effect effect(Order order) {
    return () -> {
      Mark last = redrive.last(order.filter(), order.after());
      return Action.Result.pending(
          "the records are taken care of one by one",
          Json.tree(new Order(order.filter(), order.after(), last)));
    };
  }

  /** The action once it is over; one that is over stays as it is. */
  public Action carryOut(Action action) {
    if (action.result().state() != Action.State.PENDING) {
      return action;
    }
    Order order = Json.read(requireNonNull(action.result().before()), Order.class);
    Batch batch = order.last() == null ? Batch.NONE : done(action, order, order.last());
    QuarkusTransaction.requiringNew().run(() -> finish(action, order, batch));
    return actions.find(action.id()).orElse(action);
  }

  private Batch done(Action action, Order order, Mark last) {
    ActionOf by = new ActionOf(action.id(), last);
    return action.kind() == ActionKind.REPLAY
        ? redrive.replayEach(order.filter(), order.after(), by)
        : redrive.discardEach(order.filter(), order.after(), by);
  }

  private void finish(Action action, Order order, Batch batch) {
    Map<String, Long> results = settlements.results(action.id());
    long undecided =
        batch.results().stream().filter(it -> it.result().equals(RecordResult.UNDECIDED)).count();
    if (undecided > 0) {
      results.put(RecordResult.UNDECIDED, undecided);
    }
    Mark last = batch.last();
    RedriveSum sum =
        new RedriveSum(results, batch.left(), last == null ? null : last.cursor(order.filter()));
    actions.finish(action.id(), Action.State.DONE, told(sum), Json.tree(sum));
  }

  private static String told(RedriveSum sum) {
    String results =
        sum.results().entrySet().stream()
            .map(it -> it.getKey() + " " + it.getValue())
            .collect(Collectors.joining(", "));
    return "%s; %d are left"
        .formatted(results.isEmpty() ? "no record was open" : results, sum.left());
  }

  @Scheduled(
      every = "30s",
      delayed = "30s",
      skipExecutionIf = Schema.Unmigrated.class,
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void goOn() {
    for (Action action : unfinished.olderThan(INTERRUPTED)) {
      try {
        carryOut(action);
      } catch (RuntimeException e) {
        LOG.warnf("action=%s is not over, it is gone on with later: %s", action.id(), e);
      }
    }
  }
}
