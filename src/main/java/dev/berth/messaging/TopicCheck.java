package dev.berth.messaging;

import dev.berth.provisioning.ProvisioningConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the topics. Berth never creates one: a topic made by accident has the wrong
 * partitions, retention and rights. Pure.
 */
final class TopicCheck {

  private final ProvisioningConfig.TopicSettings names;
  private final Duration inboxAge;
  private final List<String> needed;

  /**
   * @param nodePools whether node pools are looked after, and their steps published
   */
  TopicCheck(ProvisioningConfig.TopicSettings names, Duration inboxAge, boolean nodePools) {
    this.names = names;
    this.inboxAge = inboxAge;
    List<String> all =
        List.of(
            names.events(),
            names.lifecycle(),
            names.state(),
            names.quarantine(),
            names.nodePools());
    this.needed = nodePools ? all : all.subList(0, all.size() - 1);
  }

  List<String> names() {
    return needed;
  }

  /** What keeps Berth from publishing to a topic, by its name. */
  Map<String, String> faults(Map<String, Config> found) {
    Map<String, String> faults = new TreeMap<>();
    names().stream()
        .filter(name -> !found.containsKey(name))
        .forEach(name ->
            faults.put(
                name,
                "topic %s is missing: create it, or give Berth the right to describe it"
                    .formatted(name)));
    Config state = found.get(names.state());
    if (state != null && !value(state, TopicConfig.CLEANUP_POLICY_CONFIG).contains("compact")) {
      faults.put(
          names.state(),
          "topic %s is not compacted: set cleanup.policy=compact, or the latest state of a tenant is lost with its age"
              .formatted(names.state()));
    }
    return faults;
  }

  /** What deserves a warning, but does not stop anything. */
  List<String> warnings(Map<String, Config> found) {
    List<String> warnings = new ArrayList<>();
    Config events = found.get(names.events());
    if (events != null) {
      long retention = number(value(events, TopicConfig.RETENTION_MS_CONFIG));
      if (retention < 0 || retention > inboxAge.toMillis()) {
        warnings.add(
            "topic %s keeps records longer (retention.ms=%d) than the inbox remembers them (berth.store.inbox-age=%s): raise berth.store.inbox-age, or a record that is read again after that is judged by its generation alone"
                .formatted(names.events(), retention, inboxAge));
      }
    }
    return warnings;
  }

  private static String value(Config config, String name) {
    ConfigEntry entry = config.get(name);
    return entry == null || entry.value() == null ? "" : entry.value();
  }

  private static long number(@Nullable String text) {
    return text == null || text.isEmpty() ? -1 : Long.parseLong(text);
  }
}
