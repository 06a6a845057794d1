package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.Operation;
import dev.berth.plan.Operation.EvictPods;
import dev.berth.plan.Outcome;
import dev.berth.plan.Work;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExecutionTest {

  private static final Outcome DONE = new Outcome.Done(null);
  private static final Outcome FAILED = new Outcome.Retryable(Reason.ApiTimeout, "slow");

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Execution execution = new Execution(executor);

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  @Timeout(60)
  void independentOperationsRunSideBySide() {
    CyclicBarrier together = new CyclicBarrier(2);
    Work work = work(operation("a"), operation("b"));

    Map<Operation, Outcome> outcomes =
        execution.run(
            work,
            o -> {
              try {
                together.await(30, TimeUnit.SECONDS);
              } catch (Exception e) {
                return FAILED;
              }
              return DONE;
            });

    assertThat(outcomes.values()).containsOnly(DONE);
  }

  @Test
  void whatDependsOnAFailedOperationIsSkippedAndTheRestRuns() {
    Operation a = operation("a");
    Operation b = operation("b", "a");
    Operation c = operation("c", "b");
    Operation d = operation("d");

    Map<Operation, Outcome> outcomes = execution.run(work(a, b, c, d), o -> o == a ? FAILED : DONE);

    assertThat(outcomes)
        .containsExactly(
            Map.entry(a, FAILED),
            Map.entry(b, new Outcome.Skipped(a.id())),
            Map.entry(c, new Outcome.Skipped(b.id())),
            Map.entry(d, DONE));
  }

  private static Work work(Operation... operations) {
    return new Work(List.of(operations), List.of(), Sandboxes.NONE);
  }

  private static Operation operation(String name, String... after) {
    return new EvictPods(name, List.of(after).stream().map(n -> operation(n).id()).toList());
  }
}
