package dev.berth.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipeline;
import com.azure.core.util.FluxUtil;
import com.azure.resourcemanager.containerservice.fluent.ContainerServiceManagementClient;
import com.azure.resourcemanager.containerservice.fluent.models.AgentPoolInner;
import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import com.azure.resourcemanager.containerservice.implementation.ContainerServiceManagementClientBuilder;
import com.azure.resourcemanager.containerservice.models.AgentPoolMode;
import com.azure.resourcemanager.containerservice.models.AgentPoolType;
import com.azure.resourcemanager.containerservice.models.OSSku;
import com.azure.resourcemanager.containerservice.models.OSType;
import com.azure.resourcemanager.containerservice.models.WorkloadRuntime;
import dev.berth.nodepool.PoolOrder;
import dev.berth.nodepool.cloud.Cloud;
import dev.berth.nodepool.cloud.CloudException;
import dev.berth.nodepool.cloud.ClusterReading;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.QuotaReading;
import dev.berth.nodepool.cloud.SizeReading;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The node pools of one managed cluster of AKS. */
final class AzureCloud implements Cloud {

  private static final HttpHeaderName OPERATION = HttpHeaderName.fromString("Azure-AsyncOperation");

  private final ContainerServiceManagementClient client;
  private final Compute compute;
  private final String group;
  private final String cluster;
  private final Operations operations;

  AzureCloud(AzureConfig config, HttpPipeline pipeline) {
    String subscription = config.subscription().orElseThrow();
    this.client =
        new ContainerServiceManagementClientBuilder()
            .pipeline(pipeline)
            .endpoint(config.endpoint().toString())
            .subscriptionId(subscription)
            .buildClient();
    PlainReads reads = new PlainReads(pipeline);
    this.operations = new Operations(reads);
    this.compute = new Compute(reads, config.endpoint(), subscription);
    this.group = config.resourceGroup().orElseThrow();
    this.cluster = config.clusterName().orElseThrow();
  }

  @Override
  public ClusterReading cluster() {
    return Failures.told(() -> {
      ManagedClusterInner read = client.getManagedClusters().getByResourceGroup(group, cluster);
      List<AgentPoolInner> pools = client.getAgentPools().list(group, cluster).stream().toList();
      operations.poll();
      return Readings.cluster(read, pools, operations);
    });
  }

  @Override
  public Optional<SizeReading> size(String vmSize, String location) {
    return unlessForbidden(() -> compute.size(vmSize, location));
  }

  @Override
  public Optional<QuotaReading> quota(String location) {
    return unlessForbidden(() -> compute.quota(location));
  }

  @Override
  public void create(PoolOrder order) {
    AgentPoolInner pool =
        new AgentPoolInner()
            .withCount(order.count())
            .withVmSize(order.vmSize())
            .withWorkloadRuntime(WorkloadRuntime.KATA_VM_ISOLATION)
            .withOsType(OSType.LINUX)
            .withOsSku(OSSku.AZURE_LINUX)
            .withTypePropertiesType(AgentPoolType.VIRTUAL_MACHINE_SCALE_SETS)
            .withMode(AgentPoolMode.USER)
            .withTags(order.tags())
            .withNodeLabels(order.labels())
            .withNodeTaints(List.of())
            .withVnetSubnetId(named(order.subnets().nodes()))
            .withPodSubnetId(named(order.subnets().pods()));
    put(order.name().value(), pool, null, "*");
  }

  private static @Nullable String named(String subnet) {
    return subnet.isEmpty() ? null : subnet;
  }

  @Override
  public void grow(PoolReading seen, int count) {
    AgentPoolInner pool =
        Failures.told(() -> client.getAgentPools().get(group, cluster, seen.name()));
    String fence = seen.eTag() == null ? pool.etag() : seen.eTag();
    put(seen.name(), grown(pool, count), fence, null);
  }

  private static AgentPoolInner grown(AgentPoolInner pool, int count) {
    // Who is to be told how the pool fares does not say it.
    pool.withStatus(null);
    if (!Boolean.TRUE.equals(pool.enableAutoScaling())) {
      return pool.withCount(count);
    }
    return pool.withMinCount(count)
        .withMaxCount(Math.max(count, pool.maxCount()))
        .withCount(Math.max(count, pool.count()));
  }

  private void put(
      String name, AgentPoolInner pool, @Nullable String match, @Nullable String noneMatch) {
    Failures.told(() -> {
      var answer =
          client
              .getAgentPools()
              .createOrUpdateWithResponseAsync(group, cluster, name, pool, match, noneMatch)
              .block();
      operations.begun(name, Objects.requireNonNull(answer).getHeaders().getValue(OPERATION));
      return FluxUtil.collectBytesInByteBufferStream(answer.getValue()).block();
    });
  }

  /** Who may only work on the cluster is not told of the subscription. */
  private static <T> Optional<T> unlessForbidden(Supplier<Optional<T>> question) {
    try {
      return Failures.told(question);
    } catch (CloudException e) {
      if (e.failure().code().equals("AuthorizationFailed")) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
