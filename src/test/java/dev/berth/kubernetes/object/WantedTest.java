package dev.berth.kubernetes.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.SomeTenant;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.tenant.condition.Reason;
import java.util.List;
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

  private String judge(String live) {
    Wanted wanted =
        new Wanted(new Operation.Apply(tenant.itself(), null, List.of()), tenant.assignment());
    Outcome outcome = wanted.untouchable(new Live(Hands.json(live))).orElseThrow();
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, it -> assertThat(it.reason()).isEqualTo(Reason.NameTaken));
    return ((Outcome.Rejected) outcome).message();
  }
}
