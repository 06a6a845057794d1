package dev.berth.api.itself;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.berth.plan.ClusterAdmission.PolicyFault;
import dev.berth.plan.ClusterFacts;
import dev.berth.store.Backlog;
import dev.berth.store.Backlog.Figure;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A replica of Berth as the API shows it.
 *
 * @param lastWorkAt when it last worked on a tenant; null = not since its start
 * @param backlog of all replicas; null = the database cannot be read
 */
public record BerthView(
    @JsonUnwrapped Identity identity,
    @JsonUnwrapped Readiness readiness,
    PoliciesView policies,
    @Nullable Instant lastWorkAt,
    @Nullable BacklogView backlog) {

  /**
   * Which Berth this is.
   *
   * @param since when this replica started
   */
  public record Identity(String version, String cluster, String mode, Instant since) {}

  /**
   * How it fares.
   *
   * @param ready whether all of the checks are up
   * @param checks as the health answer has them, in its words
   */
  public record Readiness(boolean ready, List<CheckView> checks) {}

  /** One thing that this replica needs for all of its work. */
  public record CheckView(String name, boolean up, Map<String, Object> data) {}

  /**
   * The policies that guard tenants.
   *
   * @param intact null = the cluster is not known
   */
  public record PoliciesView(@Nullable Boolean intact, List<FaultView> faults) {

    static PoliciesView of(ClusterFacts facts) {
      List<FaultView> faults = facts.admission().faults().stream().map(FaultView::of).toList();
      return new PoliciesView(facts.known() ? faults.isEmpty() : null, faults);
    }
  }

  /**
   * What is wrong with one of them.
   *
   * @param difference null = it is missing, or of the previous release
   * @param guards whether tenants are less safe by it
   */
  public record FaultView(
      String object, Reason reason, @Nullable String difference, boolean guards) {

    private static FaultView of(PolicyFault fault) {
      return new FaultView(fault.object(), fault.reason(), fault.difference(), fault.guards());
    }
  }

  /**
   * What waits.
   *
   * @param quarantined records that were not taken, and that nobody took care of
   */
  public record BacklogView(
      Instant readAt,
      WaitingView due,
      @JsonUnwrapped OutboxView outbox,
      long parked,
      long quarantined) {

    static BacklogView of(Instant readAt, Backlog backlog) {
      return new BacklogView(
          readAt,
          WaitingView.of(backlog.total(Figure.DUE)),
          new OutboxView(
              WaitingView.of(backlog.total(Figure.UNPUBLISHED)),
              WaitingView.of(backlog.total(Figure.SET_ASIDE))),
          backlog.total(Figure.PARKED).number(),
          backlog.of(Figure.QUARANTINE).mapToLong(Backlog.Tally::number).sum());
    }
  }

  /** Events that wait to be published, and those that cannot be or wait behind such a one. */
  public record OutboxView(WaitingView unpublished, WaitingView setAside) {}

  /**
   * How many wait.
   *
   * @param oldestSeconds how long the one has waited that waits longest
   */
  public record WaitingView(long number, long oldestSeconds) {

    private static WaitingView of(Backlog.Waiting waiting) {
      return new WaitingView(waiting.number(), waiting.oldest().toSeconds());
    }
  }
}
