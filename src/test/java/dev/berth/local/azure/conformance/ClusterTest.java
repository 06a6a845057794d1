package dev.berth.local.azure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.azure.aks.PoolListener;
import dev.berth.local.azure.aks.Portal;
import dev.berth.local.azure.aks.ReadyPool;
import dev.berth.local.azure.conformance.Wire.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cluster around the pools, and what others do to it. */
class ClusterTest {
  @RegisterExtension final Stand stand = new Stand();

  @Test
  void theClusterIsShownWithItsPools() {
    Reply reply = cluster();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("/properties/networkProfile/networkPolicy")).isEqualTo("none");
    assertThat(reply.body().at("/properties/maxAgentPools").asInt()).isEqualTo(100);
    assertThat(reply.text("/properties/agentPoolProfiles/0/name")).isEqualTo("system");
    assertThat(reply.text("/location")).isEqualTo("westeurope");
  }

  @Test
  void aPoolIsNotIntroducedThroughTheCluster() {
    String url = Wire.versioned(stand.azure().clusterUrl());

    Reply refused =
        stand
            .wire()
            .put(
                url,
                "{\"location\":\"westeurope\",\"properties\":{\"agentPoolProfiles\":[{\"name\":\"kata\"}]}}");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("/code")).isEqualTo("BadRequest");
    assertThat(refused.text("/message")).startsWith("A new agent pool was introduced");
    assertThat(stand.wire().put(url, cluster().body().toString()).status()).isEqualTo(200);
  }

  @Test
  void whatIsNotThereIsNamedByItsLevel() {
    String url = Wire.versioned(stand.azure().clusterUrl());

    assertThat(stand.wire().get(url.replace("/local", "/other")).code())
        .isEqualTo("ResourceNotFound");
    assertThat(stand.wire().get(url.replace("/berth/", "/other/")).code())
        .isEqualTo("ResourceGroupNotFound");
    assertThat(stand.wire().get(url.replace("0001/", "0002/")).code())
        .isEqualTo("SubscriptionNotFound");
  }

  @Test
  void pathsAreTheSameInAnyCase() {
    String url = Wire.versioned(stand.azure().clusterUrl());

    assertThat(
            stand
                .wire()
                .get(url.replace("managedClusters/local", "MANAGEDCLUSTERS/Local"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void poolsAreListedPageAfterPage() {
    stand.existing("kata");
    stand.azure().showPagesOf(1);

    Reply first = stand.wire().get(Wire.versioned(stand.azure().clusterUrl() + "/agentPools"));
    Reply second = stand.wire().get(first.text("/nextLink"));

    assertThat(first.text("/value/0/name")).isEqualTo("kata");
    assertThat(second.text("/value/0/name")).isEqualTo("system");
    assertThat(second.body().has("nextLink")).isFalse();
  }

  @Test
  void othersChangePoolsWithoutAsking() {
    Portal portal = stand.azure().portal();
    portal.creates("old", pool -> pool.put("workloadRuntime", "KataMshvVmIsolation"));
    portal.scales("old", 4);
    portal.changes("system", pool -> pool.put("workloadRuntime", "WasmWasi"));
    portal.breaks("old", "NodesNotReady", "Two nodes are not ready.");
    portal.changesCluster(cluster -> cluster.put("kubernetesVersion", "1.34"));

    Reply old = stand.wire().getPool("old");
    assertThat(old.text("/properties/workloadRuntime")).isEqualTo("KataMshvVmIsolation");
    assertThat(old.body().at("/properties/count").asInt()).isEqualTo(4);
    assertThat(old.text("/properties/provisioningState")).isEqualTo("Failed");
    assertThat(stand.wire().getPool("system").text("/properties/workloadRuntime"))
        .isEqualTo("WasmWasi");
    assertThat(cluster().text("/properties/kubernetesVersion")).isEqualTo("1.34");
    portal.deletes("old");
    assertThat(stand.wire().getPool("old").status()).isEqualTo(404);
  }

  @Test
  void aListenerHearsOfNodesWhenTheyAreThereAndWhenTheyAreGone() {
    List<String> heard = new ArrayList<>();
    stand.azure().tell(writingTo(heard));
    stand.wire().putPool("kata", Wire.KATA_POOL);
    assertThat(heard).containsExactly("system 2");

    stand.clock().goesOn(Stand.OPERATION);
    stand.wire().putPool("kata", pool -> pool.put("count", 3));
    stand.clock().goesOn(Stand.OPERATION);
    stand.azure().portal().scales("kata", 5);
    stand.wire().deletePool("kata");
    stand.clock().goesOn(Stand.OPERATION);
    stand.wire().getPool("kata");

    assertThat(heard).containsExactly("system 2", "kata 1", "kata 3", "kata 5", "kata gone");
  }

  private static PoolListener writingTo(List<String> heard) {
    return new PoolListener() {
      @Override
      public void ready(ReadyPool pool) {
        heard.add("%s %d".formatted(pool.name(), pool.count()));
      }

      @Override
      public void gone(String pool) {
        heard.add(pool + " gone");
      }
    };
  }

  private Reply cluster() {
    return stand.wire().get(Wire.versioned(stand.azure().clusterUrl()));
  }
}
