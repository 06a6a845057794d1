package dev.berth.local.azure;

import dev.berth.local.SamplePlans;
import dev.berth.local.azure.wire.Identity;
import dev.berth.local.cluster.KataNodes;
import dev.berth.local.process.Texts;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The double of the Resource Manager beside the parts of a local run, and a plan that needs a node
 * pool. Pools that it makes show as nodes of the local cluster.
 */
public record LocalAzure(FakeAzure azure, KubernetesClient administrator, Path plans)
    implements AutoCloseable {
  public static final String PLAN = "pooled";

  /** Long enough to be watched. */
  private static final Duration OPERATION = Duration.ofSeconds(20);

  private static final String VM_SIZE = "Standard_D4s_v5";

  public static boolean isAskedFor() {
    return Boolean.getBoolean("berth.local.azure");
  }

  /**
   * @param administrator is closed with it
   * @param plans the folder that Berth is to read its plans from
   */
  public static LocalAzure start(KubernetesClient administrator, Path plans) {
    int port = Integer.getInteger("berth.local.azure.port", 0);
    FakeAzure azure = FakeAzure.start(port);
    azure.operationsTake(OPERATION);
    azure.tell(new PoolNodes(administrator));
    new KataNodes(administrator).unregister();
    SamplePlans.writeTo(plans);
    Texts.write(plans.resolve(PLAN + ".yaml"), pooled());
    return new LocalAzure(azure, administrator, plans);
  }

  private static String pooled() {
    return SamplePlans.of("starter")
        .replace("name: starter", "name: " + PLAN)
        .concat("\nnodePool: {vmSize: %s, min: 0, max: 3}\n".formatted(VM_SIZE));
  }

  /** What Berth is told, beside where the parts are. */
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("berth.azure.mode", "ensure");
    properties.put("berth.azure.endpoint", azure.url());
    properties.put("berth.azure.subscription", FakeAzure.PLACE.subscription());
    properties.put("berth.azure.resource-group", FakeAzure.PLACE.group());
    properties.put("berth.azure.cluster-name", FakeAzure.PLACE.cluster());
    properties.put("berth.azure.poll", "2s");
    properties.put("berth.azure.recheck", "10s");
    properties.put("berth.catalogue.directory", plans.toAbsolutePath().toString());
    return properties;
  }

  /** Variables by which the Azure clients find the identity endpoint. */
  public Map<String, String> identity() {
    return Map.of(
        "IDENTITY_ENDPOINT", azure.url() + Identity.MANAGED, "IDENTITY_HEADER", Identity.SECRET);
  }

  @Override
  public void close() {
    azure.close();
    administrator.close();
  }
}
