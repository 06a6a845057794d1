package dev.berth.local.run;

import dev.berth.local.LocalDisks;
import dev.berth.local.LocalKafka;
import dev.berth.local.LocalPostgres;
import dev.berth.local.azure.LocalAzure;
import dev.berth.local.cluster.LocalCluster;
import dev.berth.local.cluster.LocalControlPlane;
import dev.berth.local.process.Progress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The three parts of one run, and the addresses at which others find them. */
record LocalParts(
    LocalPostgres postgres, LocalKafka kafka, LocalCluster cluster, @Nullable LocalAzure azure)
    implements AutoCloseable {

  /**
   * @param azure whether the cluster gets its nodes from a double of Azure
   */
  static LocalParts start(RunFolder folder, boolean azure, Progress progress) {
    return start(folder, LocalCluster.manifests(), azure, progress);
  }

  /**
   * @param manifests what is installed on the cluster, as in {@code k8s/}
   */
  static LocalParts start(RunFolder folder, Path manifests, boolean azure, Progress progress) {
    LocalPostgres postgres = LocalPostgres.start(folder.data("postgres"), progress);
    try {
      LocalKafka kafka = LocalKafka.start(folder.data("kafka"), progress);
      try {
        LocalCluster cluster = cluster(folder.data("kubernetes"), manifests, progress);
        return new LocalParts(
            postgres, kafka, cluster, azure ? azure(cluster, folder, progress) : null);
      } catch (RuntimeException e) {
        kafka.close();
        throw e;
      }
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  private static LocalCluster cluster(Path dir, Path manifests, Progress progress) {
    if (!System.getProperty("berth.local.cluster", "").equals("existing")) {
      LocalCluster cluster = LocalCluster.start(dir, manifests, progress);
      try (KubernetesClient administrator = cluster.client()) {
        new LocalDisks(administrator).register();
      }
      return cluster;
    }
    String kubeconfig = System.getenv().getOrDefault("KUBECONFIG", "");
    if (kubeconfig.isBlank() || !Files.isReadable(Path.of(kubeconfig))) {
      throw new IllegalStateException(
          "-Dberth.local.cluster=existing needs the environment variable KUBECONFIG to name one kubeconfig; it is '%s'"
              .formatted(kubeconfig));
    }
    return LocalCluster.existing(Path.of(kubeconfig), dir, progress);
  }

  private static LocalAzure azure(LocalCluster cluster, RunFolder folder, Progress progress) {
    progress.say("Azure: starting a double of the Resource Manager; the cluster has no Kata nodes");
    return LocalAzure.start(cluster.client(), folder.plans());
  }

  /** Ends what a killed run left behind, so that its data may be deleted. */
  static void endLeftOver(RunFolder folder) {
    LocalPostgres.endLeftOver(folder.data("postgres"));
    LocalKafka.endLeftOver(folder.data("kafka"));
    LocalControlPlane.endLeftOver(folder.data("kubernetes"));
  }

  /** The lines of {@code local.env}. */
  Map<String, String> environment(BerthAddress berth) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    lines.put("DATABASE_URL", postgres.databaseUrl());
    lines.put("KUBECONFIG", cluster.kubeconfig().toString());
    lines.put("BERTH_KUBECONFIG", cluster.berthKubeconfig().toString());
    lines.put("AUDIT_LOG", cluster.auditLog().toString());
    lines.put("BERTH_URL", berth.url());
    lines.put("BERTH_MANAGEMENT_URL", berth.managementUrl());
    // A replica that is started with these takes the events of the local control plane, and lets
    // everybody read.
    lines.put("BERTH_EVENTS_SOURCES", TenantEvents.SOURCE);
    lines.put("BERTH_API_AUTH", "none");
    if (azure != null) {
      azure.properties().forEach((key, value) -> lines.put(variable(key), value));
      lines.putAll(azure.identity());
    }
    return lines;
  }

  private static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  @Override
  public void close() {
    if (azure != null) {
      azure.close();
    }
    cluster.close();
    kafka.close();
    postgres.close();
  }
}
