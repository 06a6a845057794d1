package dev.berth.messaging;

import dev.berth.local.Parts;
import dev.berth.provisioning.WithoutACluster;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** The store and the relay on a real PostgreSQL and a real Kafka, with topics of their own. */
public class OnKafka extends WithoutACluster {

  static final String LIFECYCLE = "relay.lifecycle";
  static final String STATE = "relay.state";
  static final String QUARANTINE = "relay.quarantine";

  /** So much the topic of the steps takes. */
  static final int LIMIT = 20_000;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
    overrides.put(
        "quarkus.arc.exclude-types", "dev.berth.kubernetes.**,dev.berth.operations.**," + PAGES);
    overrides.remove("quarkus.scheduler.enabled"); // topics are looked at again and again
    overrides.put("berth.topics.events", "relay.events");
    overrides.put("berth.topics.lifecycle", LIFECYCLE);
    overrides.put("berth.topics.state", STATE);
    overrides.put("berth.topics.quarantine", QUARANTINE);
    overrides.put("berth.store.relay-idle-timeout", "10s");
    overrides.put("berth.relay.set-aside-retry", "1s");
    return overrides;
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(Database.class), new TestResourceEntry(Broker.class));
  }

  /** All topics but that of the quarantine. */
  public static class Broker implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
      ensure(new NewTopic("relay.events", 1, (short) 1));
      ensure(new NewTopic(LIFECYCLE, 1, (short) 1));
      setLimit(LIMIT);
      ensure(new NewTopic(STATE, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
      return Map.of("kafka.bootstrap.servers", Parts.kafka().bootstrapServers());
    }

    @Override
    public void stop() {}
  }

  /** Another test may have left it. */
  private static void ensure(NewTopic topic) {
    try (Admin admin = Parts.kafka().admin()) {
      if (!admin.listTopics().names().get(30, TimeUnit.SECONDS).contains(topic.name())) {
        create(topic);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** How large a message the topic of the steps takes. */
  static void setLimit(int bytes) {
    try (Admin admin = Parts.kafka().admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, LIFECYCLE),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("max.message.bytes", Integer.toString(bytes)),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static void create(NewTopic topic) {
    try (Admin admin = Parts.kafka().admin()) {
      admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
