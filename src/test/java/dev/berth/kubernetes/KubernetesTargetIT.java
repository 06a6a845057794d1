package dev.berth.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.local.PartsResource;
import dev.berth.plan.Operation;
import dev.berth.plan.Operation.Proof;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource;
import dev.berth.provisioning.Target;
import io.fabric8.kubernetes.client.Config;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** As part of the running application: its configuration, its HTTP client, its rights. */
@QuarkusTest
@QuarkusTestResource(value = PartsResource.class, restrictToAnnotatedClass = true)
class KubernetesTargetIT {

  @Inject Target target;
  @Inject Config config;

  @Test
  void aTenantIsOnboardedAsBerth() {
    SomeTenant tenant = SomeTenant.fresh();

    for (Resource resource : tenant.everything()) {
      does(SomeTenant.apply(resource), tenant);
    }
    does(tenant.verify(new Proof.QuotaBinds()), tenant);
    does(tenant.verify(new Proof.ProbeDenied()), tenant);
  }

  /** Tried again, as Berth does. */
  private void does(Operation operation, SomeTenant tenant) {
    await()
        .untilAsserted(() ->
            assertThat(target.execute(operation, tenant.assignment()))
                .isInstanceOf(Outcome.Done.class));
  }

  @Test
  void berthsKubeconfigComesFirst() {
    assertThat(config.getUserAgent()).isEqualTo("berth");
    assertThat(config.getAutoOAuthToken()).startsWith("ey");
  }
}
