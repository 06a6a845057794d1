package dev.berth.settings;

import static dev.berth.settings.Setting.duration;
import static dev.berth.settings.Setting.durationOrOff;
import static dev.berth.settings.Setting.factor;
import static dev.berth.settings.Setting.free;
import static dev.berth.settings.Setting.list;
import static dev.berth.settings.Setting.number;
import static dev.berth.settings.Setting.oneOf;
import static dev.berth.settings.Setting.optionalList;
import static dev.berth.settings.Setting.optionalNumber;
import static dev.berth.settings.Setting.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every setting of Berth, with its bounds and with how it must fit others. Pure. */
final class Settings {

  private static final String TOPIC = "a valid Kafka topic name";
  private static final String TOPIC_PATTERN = "(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}";
  private static final List<String> TOPICS =
      List.of(
          "berth.topics.events",
          "berth.topics.lifecycle",
          "berth.topics.state",
          "berth.topics.quarantine",
          "berth.topics.node-pools");

  private static final String BRIDGE = "berth.bridge.sbt.requests";
  private static final String BRIDGE_ANSWERS = "berth.bridge.sbt.answers";
  private static final String BRIDGE_OWNERS = "berth.bridge.sbt.owners";
  private static final String GAP = "berth.events.generation-gap";

  /** Generations of the bridge are times. */
  private static final long BRIDGE_GAP = 10_000_000_000_000L;

  private static final String OFF = "off";
  private static final String MODE = "berth.azure.mode";
  private static final List<String> NEEDED_BY_AZURE =
      List.of("berth.azure.subscription", "berth.azure.resource-group", "berth.azure.cluster-name");

  static final List<Setting> ALL =
      Stream.of(
              TOPICS.stream().map(key -> text(key, TOPIC, TOPIC_PATTERN)),
              Stream.of(
                  text(
                      "berth.cluster",
                      "1 to 63 letters, digits, `.`, `_`, `-`",
                      "[A-Za-z0-9._-]{1,63}"),
                  oneOf("berth.mode", "work", "observe"),
                  optionalList("berth.events.sources"),
                  number(GAP, "generations", 1, 1L << 53),
                  duration("berth.events.await-created", "1s", "24h"),
                  oneOf("berth.relay.transactions", "on", "off"),
                  number("berth.relay.batch", "events", 1, 10_000),
                  duration("berth.relay.poll", "10ms", "1m"),
                  duration("berth.relay.retry", "10ms", "1h"),
                  duration("berth.relay.set-aside-retry", "1s", "24h")),
              work(),
              capacity(),
              cluster(),
              azure(),
              store(),
              bridge())
          .flatMap(settings -> settings)
          .toList();

  private Settings() {}

  private static Stream<Setting> work() {
    return Stream.of(
        number("berth.work.tenants-in-flight", "tenants", 1, 1024),
        duration("berth.work.lease", "3s", "1h"),
        duration("berth.work.lease-margin", "500ms", "30m"),
        duration("berth.work.poll", "10ms", "1m"),
        duration("berth.work.backoff", "10ms", "1h"),
        duration("berth.work.backoff-max", "10ms", "24h"),
        duration("berth.work.blocked-recheck", "1s", "24h"),
        duration("berth.work.ready-recheck", "1s", "30d"),
        durationOrOff("berth.work.sweep", "1s", "7d"),
        duration("berth.isolation.after", "0s", "30d"),
        duration("berth.isolation.every", "1s", "365d"),
        duration("berth.isolation.retry", "1s", "30d"));
  }

  private static Stream<Setting> capacity() {
    return Stream.of(
        factor("berth.capacity.overcommit", "0.01", "1000"),
        optionalNumber("berth.capacity.starts-per-node", "sandboxes", 1, 1_000_000),
        duration("berth.capacity.start-window", "1s", "1h"),
        free("berth.capacity.moves.\"<from>\"", "text", "name of a RuntimeClass"),
        free("berth.catalogue.directory", "path", "a directory"),
        optionalList("berth.catalogue.metadata-prefixes"),
        duration("berth.catalogue.poll", "100ms", "1h"));
  }

  private static Stream<Setting> cluster() {
    return Stream.of(
        free("berth.kubernetes.kubeconfig", "path", "a file"),
        list("berth.kubernetes.runtime-classes"),
        list("berth.kubernetes.runtime-handlers"),
        free("berth.kubernetes.network-engine", "text", "any name"),
        optionalList("berth.kubernetes.internal-ranges"),
        optionalList("berth.kubernetes.dns-addresses"),
        duration("berth.kubernetes.canary-interval", "1s", "24h"),
        free("berth.kubernetes.node-reserve-memory", "quantity of bytes", "a quantity from 0"),
        free("berth.kubernetes.node-reserve-cpu", "quantity of cores", "a quantity from 0"),
        duration("berth.kubernetes.watch-silence", "10s", "10m"),
        duration("berth.kubernetes.stale-after", "5s", "1h"));
  }

  private static Stream<Setting> azure() {
    return Stream.of(
        oneOf(MODE, OFF, "observe", "ensure"),
        text("berth.azure.subscription", "a UUID", "(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        text("berth.azure.resource-group", "1 to 90 characters", "[^/?#%]{1,90}"),
        text(
            "berth.azure.cluster-name", "1 to 63 letters, digits, `_`, `-`", "[A-Za-z0-9_-]{1,63}"),
        text(
            "berth.azure.endpoint",
            "an https address, or http on this machine",
            "https://[^/?#@]+/?|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?/?"),
        duration("berth.azure.timeout", "1s", "5m"),
        duration("berth.azure.poll", "1s", "1h"),
        duration("berth.azure.recheck", "1s", "24h"),
        optionalList("berth.azure.vm-families"));
  }

  private static Stream<Setting> store() {
    return Stream.of(
        duration("berth.store.inbox-age", "1h", "3650d"),
        duration("berth.store.refused-age", "1h", "3650d"),
        duration("berth.store.outbox-age", "1h", "3650d"),
        duration("berth.store.action-age", "1d", "3650d"),
        duration("berth.store.key-age", "1h", "3650d"),
        durationOrOff("berth.store.purge-every", "1s", "7d"),
        duration("berth.store.relay-idle-timeout", "1s", "10m"),
        text(
            "berth.tracing.endpoint",
            "an http or https address without a path",
            "https?://[^/?#@\\s]+/?"),
        oneOf("berth.api.auth", "oidc", "none"),
        text("berth.api.viewer-role", "1 to 256 characters", ".{1,256}"),
        text("berth.api.operator-role", "1 to 256 characters", ".{1,256}"),
        text("berth.api.admin-role", "1 to 256 characters", ".{1,256}"));
  }

  private static Stream<Setting> bridge() {
    String owner = "(User|Group):[^,:{}]*(\\{\\w+}[^,:{}]*)*";
    return Stream.of(
        text(BRIDGE, TOPIC, TOPIC_PATTERN),
        text(BRIDGE_ANSWERS, TOPIC, TOPIC_PATTERN),
        new Setting(
            BRIDGE_OWNERS,
            "list",
            "User: or Group: and a name, each",
            false,
            Pattern.compile(owner + "(," + owner + ")*").asMatchPredicate()),
        free("berth.bridge.sbt.plans.\"<from>\"", "text", "name of a plan"),
        oneOf("berth.bridge.sbt.answers-as", "provision", "onboarding"),
        text("berth.bridge.sbt.source", "1 to 256 characters", ".{1,256}"));
  }

  /**
   * What is wrong with the settings, everything at once, each with its key, its value and what it
   * may be.
   *
   * @param given the value of a setting, its default included; empty = it has none
   */
  static List<String> faults(Function<String, Optional<String>> given) {
    Map<String, String> faults = new LinkedHashMap<>();
    for (Setting setting : ALL) {
      given
          .apply(setting.key())
          .filter(value -> !setting.accepts(value))
          .ifPresent(value ->
              faults.put(
                  setting.key(),
                  "%s is '%s': it may be %s".formatted(setting.key(), value, setting.bound())));
    }
    List<String> misfits =
        misfits(key -> faults.containsKey(key) ? Optional.empty() : given.apply(key));
    return Stream.concat(faults.values().stream(), misfits.stream()).toList();
  }

  private static List<String> misfits(Function<String, Optional<String>> given) {
    List<String> misfits = new ArrayList<>(missing(given));
    atMost(given, "berth.work.lease-margin", 2, "berth.work.lease").ifPresent(misfits::add);
    atMost(given, "berth.work.backoff", 1, "berth.work.backoff-max").ifPresent(misfits::add);
    atMost(given, "berth.relay.poll", 2, "berth.store.relay-idle-timeout").ifPresent(misfits::add);
    misfits.addAll(bridge(given));
    List<String> topics = topics().map(given).flatMap(Optional::stream).toList();
    if (topics.stream().distinct().count() < topics.size()) {
      misfits.add("berth.topics.* and the bridge name one topic twice: %s".formatted(topics));
    }
    return misfits;
  }

  private static Stream<String> topics() {
    return Stream.concat(TOPICS.stream(), Stream.of(BRIDGE, BRIDGE_ANSWERS));
  }

  /** What is needed to join a foreign control plane, where one is to be joined. */
  private static List<String> bridge(Function<String, Optional<String>> given) {
    if (given.apply(BRIDGE).isEmpty()) {
      return List.of();
    }
    Stream<String> missing =
        Stream.of(BRIDGE_ANSWERS, BRIDGE_OWNERS)
            .filter(key -> given.apply(key).isEmpty())
            .map(key -> "%s is not set: %s needs it".formatted(key, BRIDGE));
    Stream<String> narrow =
        given.apply(GAP).filter(gap -> Long.parseLong(gap.strip()) < BRIDGE_GAP).stream()
            .map(gap ->
                "%s is '%s': with %s it must be at least %d, for generations are times"
                    .formatted(GAP, gap, BRIDGE, BRIDGE_GAP));
    return Stream.concat(missing, narrow).toList();
  }

  /** What is needed to ask Azure, where it is to be asked. */
  private static List<String> missing(Function<String, Optional<String>> given) {
    String mode = given.apply(MODE).orElse(OFF);
    return mode.equals(OFF)
        ? List.of()
        : NEEDED_BY_AZURE.stream()
            .filter(key -> given.apply(key).isEmpty())
            .map(key -> "%s is not set: %s=%s needs it".formatted(key, MODE, mode))
            .toList();
  }

  private static Optional<String> atMost(
      Function<String, Optional<String>> given, String key, int times, String limit) {
    Optional<String> value = given.apply(key);
    Optional<String> most = given.apply(limit);
    if (value.isEmpty() || most.isEmpty()) {
      return Optional.empty();
    }
    Duration all = Setting.duration(value.get()).multipliedBy(times);
    return all.compareTo(Setting.duration(most.get())) <= 0
        ? Optional.empty()
        : Optional.of(
            "%s is '%s': it may be at most %s%s, which is '%s'"
                .formatted(key, value.get(), times == 1 ? "" : "half of ", limit, most.get()));
  }
}
