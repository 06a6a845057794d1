package dev.berth.journey;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** Namespaces that a worker makes which wakes after its tenant has moved on. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class SweepIT {

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;

  @Test
  void aNamespaceOfAPastLifeIsRemovedAndTheOthersStay() {
    String tenant = Stage.tenant("moved-on");
    controlPlane.creates(tenant, Wish.of("starter"));
    status.awaitReady(tenant, 1);
    JsonNode own = cluster.namespace("tenant-" + tenant);
    String unknown = "tenant-" + Stage.tenant("never-heard-of");

    makes("tenant-" + tenant + "--late", tenant, "late", own);
    makes(unknown, unknown.substring("tenant-".length()), "default", own);

    eventually().until(() -> !cluster.hasNamespace("tenant-" + tenant + "--late"));
    assertThat(cluster.uid("tenant-" + tenant)).isEqualTo(own.at("/metadata/uid").asText());
    assertThat(cluster.isTerminating(unknown)).as("its tenant may only be unknown here").isFalse();
    cluster.deletes(ClusterAdmin.NAMESPACES + unknown);
  }

  /** As a worker of this installation would, under a provisioning id that nobody remembers. */
  private void makes(String namespace, String tenant, String name, JsonNode like) {
    String installation = like.at("/metadata/annotations").path("berth.dev/installation").asText();
    assertThat(installation).isNotEmpty();
    cluster.creates(
        "/api/v1/namespaces",
        """
        {'metadata': {'name': '%s',
                      'labels': {'berth.dev/tenant': '%s', 'berth.dev/namespace': '%s'},
                      'annotations': {'berth.dev/installation': '%s',
                                      'berth.dev/provisioning-id': '00000000-0000-0000-0000-000000000000'}}}\
        """
            .formatted(namespace, tenant, name, installation));
  }
}
