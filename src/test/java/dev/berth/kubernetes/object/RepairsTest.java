package dev.berth.kubernetes.object;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.SomeTenant;
import dev.berth.kubernetes.object.FieldManagers.ForeignWriter;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource;
import dev.berth.provisioning.Pieces;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** L11: how long somebody who keeps changing an object is fought. */
class RepairsTest {

  private static final Outcome DONE = new Outcome.Done("uid");
  private static final ObjectNode PATCH =
      (ObjectNode) Hands.json("{'spec': {'hard': {'pods': '2'}}}");
  private static final Live LIVE =
      new Live(
          Hands.json(
              """
              {'metadata': {'uid': 'uid', 'managedFields': [{'manager': 'kubectl-edit', 'time': '2026-11-30T10:05:00Z',
                'fieldsV1': {'f:spec': {'f:hard': {'f:pods': {}}}}}]}}\
              """));

  private final Pieces pieces = new Pieces();
  private final Repairs repairs = new Repairs(pieces.metrics, pieces.clock);
  private final SomeTenant tenant = SomeTenant.named("acme");
  private final Wanted quota = wanted(tenant.quota("2"));
  private final Wanted policy = wanted(tenant.isolation());

  @Test
  void aRepairSaysWhatWasBroughtBackAndWhoHadChangedIt() {
    Outcome outcome = repairs.changedBack(quota, LIVE, PATCH, DONE);

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Done(
                "uid",
                "ResourceQuota tenant-acme/berth (spec.hard.pods, changed by field manager kubectl-edit"
                    + " at 2026-11-30T10:05:00Z)"));
    assertThat(
            pieces
                .meters
                .get("berth.drift")
                .tags("resource", "ResourceQuota", "action", "repaired")
                .counter()
                .count())
        .isOne();
  }

  @Test
  void anObjectThatSomebodyKeepsChangingIsLeftAloneForAWhileAndComesBackByItself() {
    for (int i = 0; i < Repairs.MOST; i++) {
      assertThat(repairs.refusal(quota, LIVE, PATCH)).isEmpty();
      assertThat(repairs.changedBack(quota, LIVE, PATCH, DONE)).isInstanceOf(Outcome.Done.class);
    }
    assertThat(repairs.refusal(quota, LIVE, PATCH)).isEmpty();
    repairs.changedBack(quota, LIVE, PATCH, DONE);

    Outcome refused = repairs.refusal(quota, LIVE, PATCH).orElseThrow();
    assertContested(refused, Reason.Contested);
    assertThat(refused.toString())
        .contains("kubectl-edit", "2026-11-30T10:05:00Z", "left as it is", "automatically");
    assertThat(repairs.refusal(quota)).as("nor is it made again").isPresent();
    assertThat(repairs.refusal(wanted(tenant.limits()), LIVE, PATCH)).isEmpty();
    assertThat(repairs.asItIs(quota, LIVE)).as("what is right is right").isEqualTo(DONE);

    pieces.clock.goesOn(Repairs.WINDOW);
    assertThat(repairs.refusal(quota, LIVE, PATCH)).isEmpty();
  }

  @Test
  void aGuardIsBroughtBackOnButCountsForNothingUntilItWasLeftAlone() {
    for (int i = 0; i < Repairs.MOST; i++) {
      assertThat(repairs.changedBack(policy, LIVE, PATCH, DONE)).isInstanceOf(Outcome.Done.class);
    }
    assertContested(repairs.changedBack(policy, LIVE, PATCH, DONE), Reason.GuardContested);
    assertThat(repairs.refusal(policy, LIVE, PATCH)).isEmpty();
    assertContested(repairs.changedBack(policy, LIVE, PATCH, DONE), Reason.GuardContested);
    assertContested(repairs.asItIs(policy, LIVE), Reason.GuardContested);

    pieces.clock.goesOn(Repairs.WINDOW.minus(Duration.ofSeconds(1)));
    assertContested(repairs.asItIs(policy, LIVE), Reason.GuardContested);
    pieces.clock.goesOn(Duration.ofSeconds(1));
    assertThat(repairs.asItIs(policy, LIVE)).isEqualTo(DONE);
  }

  @Test
  void subjectsOfOthersAreTakenOutForEver() {
    ForeignWriter author = new ForeignWriter("k9s", "2026-11-30T10:05:00Z");
    Outcome outcome = DONE;
    for (int i = 0; i <= Repairs.MOST; i++) {
      outcome = repairs.takenOut(tenant.owners().key(), tenant.assignment().owner(), author);
    }

    assertContested(outcome, Reason.Contested);
    assertThat(outcome.toString()).contains("RoleBinding tenant-acme/berth-owner", "k9s");
    assertThat(repairs.refusal(wanted(tenant.owners("a")), LIVE, PATCH))
        .as("nobody is let in again")
        .isPresent();
    Operation.Close close = new Operation.Close(tenant.owners(), "uid", List.of());
    assertThat(repairs.refusal(new Wanted(close, tenant.assignment()), LIVE, PATCH))
        .as("closing is never given up")
        .isEmpty();
  }

  @Test
  void aRepairThatFailedIsCountedAndSaidAsItIs() {
    Outcome mismatch = new Outcome.Retryable(Reason.ContentMismatch, "came back different");

    assertThat(repairs.changedBack(quota, LIVE, PATCH, mismatch)).isEqualTo(mismatch);
  }

  private Wanted wanted(Resource resource) {
    return new Wanted(new Operation.Apply(resource, "uid", List.of()), tenant.assignment());
  }

  private static void assertContested(Outcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, it -> assertThat(it.reason()).isEqualTo(reason));
  }
}
