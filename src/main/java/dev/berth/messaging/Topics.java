package dev.berth.messaging;

import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.StoreConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Whether the topics are there, as the broker says. Ready once they are. */
@Default
@Readiness
@ApplicationScoped
class Topics implements HealthCheck {

  private static final Logger LOG = Logger.getLogger(Topics.class);

  private final TopicCheck check;
  private final Map<String, Object> connection;
  private final MessagingConfig config;
  private final Lifetime lifetime;
  private volatile List<String> faults = List.of("the broker was not reached yet");

  Topics(
      ProvisioningConfig provisioning,
      StoreConfig store,
      @Identifier("default-kafka-broker") Map<String, Object> connection,
      MessagingConfig config,
      Lifetime lifetime) {
    this.check = new TopicCheck(provisioning.topics(), store.inboxAge());
    this.connection = new HashMap<>(connection);
    this.config = config;
    this.lifetime = lifetime;
  }

  /** Returns once the topics are as they must be; says what is wrong as long as they are not. */
  void await() throws InterruptedException {
    while (!faults.isEmpty() && !lifetime.isOver()) {
      List<String> before = faults;
      try (Admin admin = Admin.create(connection)) {
        Map<String, Config> found = describe(admin);
        faults = check.faults(found);
        if (faults.isEmpty()) {
          check.warnings(found).forEach(LOG::warn);
          return;
        }
      } catch (ExecutionException e) {
        faults = List.of("the broker does not tell about the topics: " + e.getCause());
      }
      if (!faults.equals(before)) {
        faults.forEach(LOG::error);
      }
      lifetime.pause(config.retry());
    }
  }

  private Map<String, Config> describe(Admin admin)
      throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    List<ConfigResource> resources =
        check.names().stream()
            .filter(existing::contains)
            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
            .toList();
    return admin.describeConfigs(resources).all().get().entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue));
  }

  @Override
  public HealthCheckResponse call() {
    List<String> now = faults;
    var response = HealthCheckResponse.named("topics").status(now.isEmpty());
    return now.isEmpty()
        ? response.build()
        : response.withData("faults", String.join("; ", now)).build();
  }
}
