package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Recorded;
import dev.berth.plan.Work;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Assignment.Owner;
import dev.berth.provisioning.Pieces;
import dev.berth.provisioning.Target;
import dev.berth.provisioning.work.Claims.Task;
import dev.berth.provisioning.work.Planning.Planned;
import dev.berth.store.InstallationInMemory;
import dev.berth.store.tenants.Claim;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Tenant;
import dev.berth.tracing.Spans;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

  private static final Operation FIRST = new Operation.EvictPods("tenant-acme", List.of());
  private static final Operation SECOND =
      new Operation.EvictPods("tenant-acme--jobs", List.of(FIRST.id()));
  private static final Outcome DONE = new Outcome.Done(null);

  private final Pieces pieces = new Pieces();
  private final Tenant tenant = pieces.accepted("acme");
  private final Map<Operation, Outcome> recorded = new HashMap<>();
  private final Set<Claim> counting = new HashSet<>();
  private final Map<Operation, Assignment> carriedOut = new ConcurrentHashMap<>();

  @Test
  void everyOperationIsCarriedOutForTheTenantAndItsOutcomeRecorded() {
    Task task = task();

    reconciler(
            (operation, assignment) -> {
              carriedOut.put(operation, assignment);
              return DONE;
            })
        .work(task);

    assertThat(carriedOut).containsOnlyKeys(FIRST, SECOND);
    assertThat(carriedOut.values())
        .allSatisfy(assignment -> {
          assertThat(assignment.owner()).isEqualTo(Owner.of(tenant));
          assertThat(assignment.installation()).isEqualTo(InstallationInMemory.ID);
          assertThat(assignment.deadline()).isEqualTo(task.deadline());
        });
    assertThat(recorded).isEqualTo(Map.of(FIRST, DONE, SECOND, DONE));
  }

  @Test
  void whoCarriesItOutMayAskWhetherTheClaimStillCounts() {
    Task task = task();
    counting.add(task.claim());
    List<Boolean> answers = new ArrayList<>();

    reconciler(
            (operation, assignment) -> {
              answers.add(assignment.counts().getAsBoolean());
              counting.clear();
              return DONE;
            })
        .work(task);

    assertThat(answers).containsExactly(true, false);
  }

  @Test
  void eachIsTimedByItsOutcome() {
    Outcome skipped = new Outcome.Skipped(FIRST.id());

    reconciler((operation, assignment) -> skipped).work(task());

    Timer timer =
        pieces.meters.timer("berth.operation.duration", "resource", "Pods", "outcome", "Skipped");
    assertThat(timer.count()).isEqualTo(1);
  }

  private Reconciler reconciler(Target target) {
    Recorder recorder =
        new Recorder(null, null, null, null, null, null, null) {
          @Override
          boolean counts(Claim claim) {
            return counting.contains(claim);
          }

          @Override
          void record(Task task, Map<Operation, Outcome> outcomes) {
            recorded.putAll(outcomes);
          }
        };
    return new Reconciler(
        target, recorder, pieces.metrics, new InstallationInMemory(), pieces.config, Spans.NONE);
  }

  private Task task() {
    Work work = new Work(List.of(FIRST, SECOND), List.of(), Sandboxes.NONE);
    return new Task(
        new Claim(tenant, 1, Recorded.NOTHING, false),
        new Planned(tenant, work),
        pieces.clock.instant().plusSeconds(25));
  }
}
