package dev.berth.messaging;

import dev.berth.provisioning.ProvisioningConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the topics. Berth never creates one: a topic made by accident has the wrong
 * partitions, retention and rights. Pure.
 */
final class TopicCheck {

  private final ProvisioningConfig.Topics names;
  private final Duration inboxAge;

  TopicCheck(ProvisioningConfig.Topics names, Duration inboxAge) {
    this.names = names;
    this.inboxAge = inboxAge;
  }

  List<String> names() {
    return List.of(names.events(), names.lifecycle(), names.state(), names.quarantine());
  }

  /**
   * The faults that keep Berth from publishing.
   *
   * @param found the settings of the topics that exist
   */
  List<String> faults(Map<String, Config> found) {
    Stream<String> missing =
        names().stream()
            .filter(name -> !found.containsKey(name))
            .map(name -> "topic %s is missing: create it".formatted(name));
    Config state = found.get(names.state());
    boolean compacted =
        state == null || value(state, TopicConfig.CLEANUP_POLICY_CONFIG).contains("compact");
    Stream<String> policy =
        compacted
            ? Stream.empty()
            : Stream.of(
                "topic %s is not compacted: set cleanup.policy=compact, or the latest state of a tenant is lost with its age"
                    .formatted(names.state()));
    return Stream.concat(missing, policy).toList();
  }

  /** What is to be told, but keeps nothing from working. */
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
