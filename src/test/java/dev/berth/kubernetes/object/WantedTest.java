package dev.berth.kubernetes.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.SomeTenant;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of a namespace that stands where the tenant's shall be. */
class WantedTest {

  private final SomeTenant tenant = SomeTenant.named("acme");

  @Test
  void aForeignNamespaceIsToBeRemovedOrRenamed() {
    assertThat(judge("{'metadata': {'uid': '1'}}"))
        .contains("was not created by Berth", "remove or rename it", "another id");
  }

  @Test
  void aNamespaceThatTheResourceManagerManagesIsToBeRemovedThere() {
    assertThat(
            judge(
                "{'metadata': {'uid': '1', 'labels': {'kubernetes.azure.com/managedByArm': 'true'}}}"))
        .contains(
            "Namespace tenant-acme",
            "managed by Azure Resource Manager",
            "left untouched",
            "az aks namespace delete",
            "another id");
  }

  @Test
  void whatTheResourceManagerLetGoIsAForeignNamespaceLikeAnyOther() {
    assertThat(
            judge(
                "{'metadata': {'uid': '1', 'labels': {'kubernetes.azure.com/managedByArm': 'false'}}}"))
        .contains("was not created by Berth");
  }

  /** L5. */
  @Test
  void aRecordedNamespaceThatGoesIsLost() {
    assertThat(
            judge(
                "uid",
                "{'metadata': {'uid': 'uid', 'deletionTimestamp': '2026-11-29T12:00:00Z'}}",
                Reason.NamespaceLost))
        .startsWith(
            "Namespace tenant-acme with the recorded uid uid has been terminating since 2026-11-29T12:00:00Z, and with it everything");
  }

  @Test
  void aNamespaceOfAnEarlierLifeThatStaysInTheWayIsAMatterForPeople() {
    String live =
        """
        {'metadata': {'uid': '1', 'deletionTimestamp': '1970-01-01T00:00:00Z', 'finalizers': ['ex.io/stay'],
         'labels': {'berth.dev/tenant': 'acme'}, 'annotations': {'berth.dev/provisioning-id': '%s'}}}\
        """
            .formatted(tenant.assignment().owner().namespaces().getFirst().provisioningId());

    assertThat(untouchable(null, live, Instant.EPOCH.plusSeconds(120)))
        .isInstanceOfSatisfying(
            Outcome.InProgress.class,
            waits -> assertThat(waits.message()).contains("ex.io/stay", "is created again"));
    assertThat(untouchable(null, live, Instant.EPOCH.plusSeconds(121)))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            held -> {
              assertThat(held.reason()).isEqualTo(Reason.DeletionBlocked);
              assertThat(held.message()).contains("Namespace tenant-acme", "ex.io/stay");
            });
  }

  private Outcome untouchable(@Nullable String uid, String live, Instant now) {
    Wanted wanted =
        new Wanted(new Operation.Apply(tenant.itself(), uid, List.of()), tenant.assignment());
    return wanted.untouchable(new Live(Hands.json(live)), now).orElseThrow();
  }

  private String judge(String live) {
    return judge(null, live, Reason.NameTaken);
  }

  private String judge(@Nullable String uid, String live, Reason reason) {
    Outcome outcome = untouchable(uid, live, Instant.EPOCH);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, it -> assertThat(it.reason()).isEqualTo(reason));
    return ((Outcome.Rejected) outcome).message();
  }
}
