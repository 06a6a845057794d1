package dev.berth.azure;

import com.azure.resourcemanager.containerservice.fluent.models.AgentPoolInner;
import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import com.azure.resourcemanager.containerservice.models.AgentPoolSecurityProfile;
import com.azure.resourcemanager.containerservice.models.AgentPoolUpgradeSettings;
import com.azure.resourcemanager.containerservice.models.ContainerServiceNetworkProfile;
import com.azure.resourcemanager.containerservice.models.LocalDnsMode;
import com.azure.resourcemanager.containerservice.models.LocalDnsProfile;
import com.azure.resourcemanager.containerservice.models.LocalDnsState;
import dev.berth.nodepool.Subnets;
import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.cloud.ClusterReading;
import dev.berth.nodepool.cloud.ClusterReading.Networking;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.PoolReading.Autoscaling;
import dev.berth.nodepool.cloud.PoolReading.Machines;
import dev.berth.nodepool.cloud.PoolReading.Sandboxing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the Resource Manager answers, as readings. Every member may be missing. The api-version does
 * not tell of eBPF host routing and Artifact Streaming, which the Resource Manager checks itself.
 */
final class Readings {

  private Readings() {}

  static ClusterReading cluster(
      ManagedClusterInner cluster, List<AgentPoolInner> pools, Operations operations) {
    String version =
        Objects.requireNonNullElse(
            cluster.currentKubernetesVersion(), text(cluster.kubernetesVersion()));
    return new ClusterReading(
        text(cluster.location()),
        version,
        text(cluster.provisioningState()),
        network(cluster.networkProfile(), pools),
        pools.stream().map(pool -> pool(pool, operations)).toList());
  }

  private static Networking network(
      @Nullable ContainerServiceNetworkProfile profile, List<AgentPoolInner> pools) {
    boolean localDns = pools.stream().anyMatch(pool -> hasLocalDns(pool.localDnsProfile()));
    List<Subnets> subnets =
        pools.stream()
            .map(pool -> new Subnets(text(pool.vnetSubnetId()), text(pool.podSubnetId())))
            .toList();
    return profile == null
        ? new Networking("", "", false, localDns, subnets)
        : new Networking(
            text(profile.networkPolicy()),
            text(profile.networkDataplane()),
            false,
            localDns,
            subnets);
  }

  private static boolean hasLocalDns(@Nullable LocalDnsProfile profile) {
    return profile != null
        && (LocalDnsState.ENABLED.equals(profile.state())
            || (profile.state() == null && LocalDnsMode.REQUIRED.equals(profile.mode())));
  }

  private static PoolReading pool(AgentPoolInner pool, Operations operations) {
    String state = text(pool.provisioningState());
    CloudFailure known = operations.failure(pool.name(), state);
    return new PoolReading(
        pool.name(),
        Objects.requireNonNullElse(pool.tags(), Map.of()),
        machines(pool),
        sandboxing(pool),
        state,
        pool.etag(),
        known == null && pool.status() != null
            ? Failures.ofPool(pool.status().provisioningError())
            : known);
  }

  private static Machines machines(AgentPoolInner pool) {
    AgentPoolUpgradeSettings upgrade = pool.upgradeSettings();
    Autoscaling autoscaled =
        Boolean.TRUE.equals(pool.enableAutoScaling())
            ? new Autoscaling(number(pool.minCount()), number(pool.maxCount()))
            : null;
    return new Machines(
        text(pool.vmSize()),
        number(pool.count()),
        autoscaled,
        number(pool.maxPods()),
        upgrade == null ? "" : text(upgrade.maxSurge()));
  }

  private static Sandboxing sandboxing(AgentPoolInner pool) {
    AgentPoolSecurityProfile security = pool.securityProfile();
    boolean trustedLaunch =
        security != null
            && (Boolean.TRUE.equals(security.enableVtpm())
                || Boolean.TRUE.equals(security.enableSecureBoot()));
    return new Sandboxing(
        text(pool.workloadRuntime()),
        text(pool.osSku()),
        text(pool.nodeImageVersion()),
        Boolean.TRUE.equals(pool.enableFips()),
        trustedLaunch,
        false);
  }

  private static String text(@Nullable Object value) {
    return Objects.toString(value, "");
  }

  private static int number(@Nullable Integer value) {
    return value == null ? 0 : value;
  }
}
