package dev.berth.local;

import dev.berth.local.cluster.LocalCluster;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Gives a {@code @QuarkusTest} all three parts, with exactly Berth's rights on the cluster. */
public final class PartsResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return addresses(Parts.postgres(), Parts.kafka(), Parts.cluster());
  }

  public static Map<String, String> addresses(
      LocalPostgres postgres, LocalKafka kafka, LocalCluster cluster) {
    Map<String, String> keys = new HashMap<>();
    keys.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    keys.put("DATABASE_URL", postgres.databaseUrl());
    keys.put("BERTH_KUBECONFIG", cluster.berthKubeconfig().toString());
    keys.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    keys.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
    keys.put("quarkus.datasource.username", postgres.user());
    keys.put("quarkus.datasource.password", postgres.password());
    keys.put("berth.api.auth", "none");
    keys.put("berth.events.sources", "/control-plane");
    return keys;
  }

  /** The parts end with the JVM, because the next test class uses them too. */
  @Override
  public void stop() {}
}
