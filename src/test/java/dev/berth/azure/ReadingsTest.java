package dev.berth.azure;

import static dev.berth.azure.AzureStand.ORDER;
import static dev.berth.azure.AzureStand.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.FakeAzure;
import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import dev.berth.nodepool.Subnets;
import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.cloud.ClusterReading;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.SizeReading;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is read of a cluster, of VM sizes and of quota. */
class ReadingsTest {
  @RegisterExtension final AzureStand stand = new AzureStand();

  @Test
  void aClusterIsReadAsItIsWritten() {
    stand
        .azure()
        .portal()
        .changesCluster(cluster -> {
          ObjectNode network = cluster.withObjectProperty("networkProfile");
          network.put("networkPolicy", "cilium").put("networkDataplane", "cilium");
        });
    stand.created();
    stand
        .azure()
        .portal()
        .changes(
            "kata",
            pool -> {
              pool.put("enableFIPS", true);
              pool.put("vnetSubnetID", "/nodes").put("podSubnetID", "/pods");
              pool.withObjectProperty("securityProfile").put("enableSecureBoot", true);
              pool.withObjectProperty("localDNSProfile").put("mode", "Required");
            });

    ClusterReading cluster = stand.cloud().cluster();

    assertThat(cluster.location()).isEqualTo(FakeAzure.PLACE.location());
    assertThat(cluster.version()).startsWith("1.36");
    assertThat(cluster.state()).isEqualTo("Succeeded");
    assertThat(cluster.network())
        .isEqualTo(
            new ClusterReading.Networking(
                "cilium",
                "cilium",
                false,
                true,
                List.of(new Subnets("/nodes", "/pods"), Subnets.NONE)));
    PoolReading.Sandboxing sandboxing = cluster.pool("kata").orElseThrow().sandboxing();
    assertThat(sandboxing.fips()).isTrue();
    assertThat(sandboxing.trustedLaunch()).isTrue();
  }

  @Test
  void allPagesOfPoolsAreRead() {
    stand.azure().showPagesOf(1);
    int before = stand.cloud().cluster().pools().size();
    stand.azure().portal().creates("one", pool -> {});
    stand.azure().portal().creates("two", pool -> pool.put("workloadRuntime", "OCIContainer"));

    assertThat(stand.cloud().cluster().pools()).hasSize(before + 2);
  }

  @Test
  void aReadThatGotNoAnswerIsRepeatedOnce() {
    stand.azure().next(Call.GET_CLUSTER, Mishap.failBeforeEffect(503));
    assertThat(stand.cloud().cluster().state()).isEqualTo("Succeeded");
    assertThat(stand.azure().journal().of(Call.GET_CLUSTER)).hasSize(2);

    stand.azure().always(Call.GET_CLUSTER, Mishap.failBeforeEffect(503));
    stand.azure().journal().clear();
    assertThat(failure(() -> stand.cloud().cluster()).code()).isEqualTo(CloudFailure.UNREACHABLE);
    assertThat(stand.azure().journal().of(Call.GET_CLUSTER)).hasSize(2);
  }

  @Test
  void whoDoesNotAnswerInTimeIsUnreachable() throws Exception {
    try (var mute = new ServerSocket(0)) {
      AzureConfig config =
          AzureStand.config("http://127.0.0.1:" + mute.getLocalPort(), Duration.ofMillis(300));
      AzureCloud cloud = new AzureCloud(config, stand.pipeline(config));

      assertThat(failure(cloud::cluster).code()).isEqualTo(CloudFailure.UNREACHABLE);
      assertThat(failure(() -> cloud.create(ORDER)).code()).isEqualTo(CloudFailure.UNREACHABLE);
    }
  }

  @Test
  void aSizeIsReadWithItsCapabilities() {
    SizeReading size = stand.cloud().size("standard_d4S_v5", "westeurope").orElseThrow();

    assertThat(size.name()).isEqualTo("Standard_D4s_v5");
    assertThat(size.family()).isEqualTo("standardDSv5Family");
    assertThat(size.capabilities()).containsEntry("vCPUs", "4");
    assertThat(size.restrictions()).isEmpty();
    assertThat(stand.cloud().size("Standard_Z1", "westeurope")).isEmpty();
  }

  @Test
  void quotaIsReadByFamily() {
    long before = left("standardDSv5Family");
    stand.created();

    var quota = stand.cloud().quota("westeurope").orElseThrow();

    assertThat(quota.left("standardDSv5Family")).contains(before - 4);
    assertThat(quota.left("cores")).isPresent();
    assertThat(quota.left("nothing")).isEmpty();
  }

  @Test
  void whoMayNotReadTheSubscriptionIsNotHindered() {
    Mishap denied = Mishap.refuse(403, "AuthorizationFailed", "does not have authorization");
    stand.azure().always(Call.LIST_SKUS, denied);
    stand.azure().always(Call.LIST_USAGES, denied);

    assertThat(stand.cloud().size("Standard_D4s_v5", "westeurope")).isEmpty();
    assertThat(stand.cloud().quota("westeurope")).isEmpty();
  }

  @Test
  void otherRefusalsAreToldWithTheirCode() {
    CloudFailure failure = failure(() -> stand.cloud().quota("nowhere"));

    assertThat(failure.code()).isEqualTo("NoRegisteredProviderFound");
    assertThat(failure.message()).contains("nowhere");
  }

  private long left(String name) {
    return stand.cloud().quota("westeurope").flatMap(quota -> quota.left(name)).orElseThrow();
  }
}
