package dev.berth.monitoring;

import dev.berth.journey.stage.OnRealParts;
import dev.berth.local.Parts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** Berth on all parts, with a topic for the quarantine of its own, which takes nothing at first. */
public class Watched extends OnRealParts {

  private static final String TOPIC = "watched.quarantine";
  private static final String LIMIT = "max.message.bytes";

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
    overrides.put("berth.topics.quarantine", TOPIC);
    overrides.put("berth.relay.set-aside-retry", "1s");
    overrides.put("berth.isolation.after", "1s");
    return overrides;
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return Stream.concat(
            super.testResources().stream(), List.of(new TestResourceEntry(Topic.class)).stream())
        .toList();
  }

  public static class Topic implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
      try (Admin admin = Parts.kafka().admin()) {
        admin
            .createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1).configs(Map.of(LIMIT, "100"))))
            .all()
            .get(30, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return Map.of();
    }

    @Override
    public void stop() {}
  }

  /** From now on the topic takes what Berth sends to it. */
  static void takesEverything() {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
    ConfigEntry limit = new ConfigEntry(LIMIT, "1000000");
    try (Admin admin = Parts.kafka().admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(topic, List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
          .all()
          .get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
