package dev.berth.local.run;

import dev.berth.local.LocalKafka;
import dev.berth.local.LocalPostgres;
import dev.berth.local.cluster.LocalCluster;
import dev.berth.local.cluster.LocalControlPlane;
import dev.berth.local.process.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The three parts of one run, and the addresses at which others find them. */
record LocalParts(LocalPostgres postgres, LocalKafka kafka, LocalCluster cluster)
    implements AutoCloseable {

  static LocalParts start(RunFolder folder, Progress progress) {
    LocalPostgres postgres = LocalPostgres.start(folder.data("postgres"), progress);
    try {
      LocalKafka kafka = LocalKafka.start(folder.data("kafka"), progress);
      try {
        return new LocalParts(postgres, kafka, cluster(folder.data("kubernetes"), progress));
      } catch (RuntimeException e) {
        kafka.close();
        throw e;
      }
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  private static LocalCluster cluster(Path dir, Progress progress) {
    if (!System.getProperty("berth.local.cluster", "").equals("existing")) {
      return LocalCluster.start(dir, progress);
    }
    String kubeconfig = System.getenv().getOrDefault("KUBECONFIG", "");
    if (kubeconfig.isBlank() || !Files.isReadable(Path.of(kubeconfig))) {
      throw new IllegalStateException(
          "-Dberth.local.cluster=existing needs the environment variable KUBECONFIG to name one kubeconfig; it is '%s'"
              .formatted(kubeconfig));
    }
    return LocalCluster.existing(Path.of(kubeconfig), dir, progress);
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
    return lines;
  }

  @Override
  public void close() {
    cluster.close();
    kafka.close();
    postgres.close();
  }
}
