package dev.berth.journey.guarantee;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.Fault;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Changes to a ready tenant's namespace by somebody who broke the glass, long before a recheck. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class DriftIT {

  private static final Duration AT_ONCE = Duration.ofSeconds(20);

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;

  @Test
  void labelsThatTheSandboxRestsOnAreBackAtOnce() {
    String tenant = ready("relabelled");
    String namespace = "tenant-" + tenant;

    cluster.changes(
        ClusterAdmin.NAMESPACES + namespace,
        object -> {
          object.withObject("/metadata/labels").put("berth.dev/isolation", "shared");
          object.withObject("/metadata/labels").remove("pod-security.kubernetes.io/enforce");
        });

    eventually(AT_ONCE)
        .untilAsserted(() -> {
          assertThat(label(namespace, "berth.dev/isolation")).isEqualTo("sandboxed");
          assertThat(label(namespace, "pod-security.kubernetes.io/enforce"))
              .isEqualTo("restricted");
        });
    assertThat(database.phase(tenant)).isEqualTo("READY");
  }

  @Test
  void aNamespaceThatSomebodyDeletesIsMissedAtOnceAndInOneVoice() {
    String tenant = ready("deleted");
    Fault slow = cluster.holds("tenant-" + tenant);

    cluster.deletes(ClusterAdmin.NAMESPACES + "tenant-" + tenant);

    eventually(AT_ONCE).until(() -> !"READY".equals(database.phase(tenant)));
    Message lost =
        status.awaitStep(
            tenant, "a lost namespace", step -> "NamespaceLost".equals(step.text("reason")));
    assertThat(lost.text("message"))
        .contains("Namespace tenant-" + tenant, "has been terminating since");
    assertThat(lost.type()).isEqualTo("degraded");
    assertThat(cluster.isTerminating("tenant-" + tenant)).isTrue();

    slow.mend();

    eventually().until(() -> database.conditions(tenant).contains("is gone"));
    assertThat(status.types(tenant)).containsOnlyOnce("degraded").endsWith("degraded");
  }

  private String ready(String name) {
    String tenant = Stage.tenant(name);
    controlPlane.creates(tenant, Wish.of("starter").owners(tenant + "-team"));
    status.awaitReady(tenant, 1);
    return tenant;
  }

  private String label(String namespace, String key) {
    return cluster.namespace(namespace).at("/metadata/labels").path(key).asText();
  }
}
