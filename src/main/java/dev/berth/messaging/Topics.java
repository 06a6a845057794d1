package dev.berth.messaging;

import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.pools.PoolConfig;
import dev.berth.store.StoreConfig;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether the topics are there and right, as the broker says: asked at start, twice a minute, and
 * when something could not be sent. Ready once they are.
 */
@Default
@Readiness
@ApplicationScoped
class Topics implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(Topics.class);

  private final TopicCheck check;
  private final Map<String, Object> connection;
  private final BrokerFault broker;
  private final MessagingConfig config;
  private final Lifetime lifetime;
  private volatile @Nullable Map<String, String> faults;
  private volatile @Nullable String silence = "the broker has not been reached yet";

  Topics(
      ProvisioningConfig provisioning,
      PoolConfig pools,
      StoreConfig store,
      @Identifier("default-kafka-broker") Map<String, Object> connection,
      MessagingConfig config,
      Lifetime lifetime) {
    this.check =
        new TopicCheck(
            provisioning.topics(), store.inboxAge(), pools.mode() != PoolConfig.AzureMode.OFF);
    this.connection = new HashMap<>(connection);
    this.connection.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    this.connection.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    this.broker = new BrokerFault(connection, "");
    this.config = config;
    this.lifetime = lifetime;
  }

  /**
   * Returns once the broker has described them, right or wrong. False if the application ends
   * before.
   */
  boolean await() {
    while (faults == null) {
      look();
      if (faults == null && !lifetime.pause(config.retry())) {
        return false;
      }
    }
    return true;
  }

  /** Topics to which nothing must be sent, by the broker's last answer. */
  Set<String> faulty() {
    Map<String, String> known = faults;
    return known == null ? Set.of() : known.keySet();
  }

  @Scheduled(every = "30s", delayed = "3s", concurrentExecution = ConcurrentExecution.SKIP)
  void lookAgain() {
    if (!lifetime.isOver()) {
      look();
    }
  }

  /** Asks the broker; a fault is logged when it is new. */
  synchronized void look() {
    try (Admin admin = Admin.create(connection)) {
      Map<String, Config> found = describe(admin);
      learn(found, check.faults(found));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | RuntimeException e) {
      fallSilent("the topics cannot be described: " + broker.of(e));
    }
  }

  private void learn(Map<String, Config> found, Map<String, String> now) {
    Map<String, String> before = faults;
    faults = Map.copyOf(now);
    silence = null;
    if (!now.equals(before)) {
      now.values().forEach(LOG::error);
      if (now.isEmpty()) {
        LOG.info("the topics are as they must be");
        check.warnings(found).forEach(LOG::warn);
      }
    }
  }

  private void fallSilent(String why) {
    if (!why.equals(silence) && !lifetime.isOver()) {
      LOG.error(why);
    }
    silence = why;
  }

  private Map<String, Config> describe(Admin admin)
      throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    Map<ConfigResource, KafkaFuture<Config>> asked =
        admin
            .describeConfigs(
                check.names().stream()
                    .filter(existing::contains)
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList())
            .values();
    Map<String, Config> settings = new HashMap<>();
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> topic : asked.entrySet()) {
      config(topic.getValue()).ifPresent(c -> settings.put(topic.getKey().name(), c));
    }
    return settings;
  }

  /** Empty where Berth may not know it, which says nothing about the other topics. */
  private static Optional<Config> config(KafkaFuture<Config> told)
      throws ExecutionException, InterruptedException {
    try {
      return Optional.of(told.get());
    } catch (ExecutionException e) {
      if (SendFault.of(e).kind() == SendFault.Culprit.TOPIC) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("topics");
    Map<String, String> known = faults;
    String silent = silence;
    if (silent != null && known == null) {
      return response.down().withData("faults", silent).build();
    }
    return known == null || known.isEmpty()
        ? response.up().build()
        : response.down().withData("faults", String.join("; ", known.values())).build();
  }
}
