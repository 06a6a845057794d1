package dev.berth.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.provisioning.ProvisioningConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;

class TopicCheckTest {

  private final TopicCheck check =
      new TopicCheck(
          new Names(
              "tenant.events",
              "tenant.lifecycle",
              "tenant.state",
              "tenant.quarantine",
              "node-pool.lifecycle"),
          Duration.ofDays(30),
          false);

  @Test
  void topicsAsTheyMustBeHaveNoFault() {
    assertThat(check.faults(topics())).isEmpty();
    assertThat(check.warnings(topics())).isEmpty();
  }

  @Test
  void everyMissingTopicIsNamed() {
    assertThat(check.faults(Map.of()).values())
        .hasSize(4)
        .allMatch(fault -> fault.contains("is missing: create it"));
  }

  @Test
  void aStateTopicThatIsNotCompactedIsAFault() {
    Map<String, Config> topics = topics();
    topics.put("tenant.state", topic("delete", "604800000"));

    assertThat(check.faults(topics)).containsOnlyKeys("tenant.state");
    assertThat(check.faults(topics).get("tenant.state")).contains("is not compacted");
  }

  @Test
  void recordsThatOutliveTheInboxAreWarnedOf() {
    Map<String, Config> topics = topics();
    topics.put("tenant.events", topic("delete", "-1"));

    assertThat(check.faults(topics)).isEmpty();
    assertThat(check.warnings(topics)).singleElement().asString().contains("berth.store.inbox-age");
  }

  private static Map<String, Config> topics() {
    Map<String, Config> topics = new HashMap<>();
    List.of("tenant.events", "tenant.lifecycle", "tenant.quarantine")
        .forEach(name -> topics.put(name, topic("delete", "604800000")));
    topics.put("tenant.state", topic("compact", "604800000"));
    return topics;
  }

  private static Config topic(String cleanup, String retention) {
    return new Config(
        List.of(
            new ConfigEntry("cleanup.policy", cleanup),
            new ConfigEntry("retention.ms", retention)));
  }

  private record Names(
      String events, String lifecycle, String state, String quarantine, String nodePools)
      implements ProvisioningConfig.TopicSettings {}
}
