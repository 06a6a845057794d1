package dev.berth.provisioning.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource.Key;
import dev.berth.plan.Work;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservationTest {

  private final Map<Operation, Outcome> outcomes = new LinkedHashMap<>();

  @Test
  void whatIsAsItShallBeIsNotTold() {
    met("tenant-acme", new Outcome.Done("uid"));

    assertThat(told(false)).isEmpty();
  }

  @Test
  void whatWasNotWrittenIsToldAndWhatComesAfterIt() {
    met(
        "tenant-acme",
        new Outcome.InProgress(
            Reason.Observing, "deleting Namespace tenant-acme", Duration.ofSeconds(1)));
    met("tenant-acme--jobs", new Outcome.Skipped("delete Namespace tenant-acme"));

    assertThat(told(false))
        .containsExactly(
            "deleting Namespace tenant-acme", "then delete Namespace tenant-acme--jobs");
  }

  @Test
  void whatWouldBeMetIsToldWithItsReason() {
    met("tenant-acme", new Outcome.Rejected(Reason.NameTaken, "it is another's"));
    met("tenant-acme--jobs", new Outcome.Retryable(Reason.ApiTimeout, "no answer"));

    assertThat(told(false))
        .containsExactly(
            "delete Namespace tenant-acme, but meets NameTaken: it is another's",
            "delete Namespace tenant-acme--jobs, but meets ApiTimeout: no answer");
  }

  @Test
  void whatHoldsTheTenantBackComesFirstAndTheDoubtLast() {
    met("tenant-acme", new Outcome.Skipped("another"));
    Work.Finding held =
        new Work.Finding(ConditionType.PlacementReady, Reason.PlanUnknown, "release it");

    assertThat(told(true, held))
        .containsExactly(
            "be held back by PlanUnknown: release it",
            "then delete Namespace tenant-acme",
            Observation.UNTRIED);
  }

  private void met(String namespace, Outcome outcome) {
    outcomes.put(new Operation.Delete(Key.ofNamespace(namespace), null, List.of()), outcome);
  }

  private List<String> told(boolean untried, Work.Finding... findings) {
    Work work = new Work(List.copyOf(outcomes.keySet()), List.of(findings), Sandboxes.NONE);
    return Observation.of(work, outcomes, untried, Instant.EPOCH).would();
  }
}
