package dev.berth.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G15: a setting that lets nothing work ends the start, and says so. */
class SettingsTest {

  private final Map<String, String> given = new HashMap<>();

  SettingsTest() {
    DocumentedSettings.read()
        .forEach(row -> row.defaultValue().ifPresent(value -> given.put(row.key(), value)));
  }

  @Test
  void everyDocumentedSettingHasTheBoundsThatAreDocumentedAndNoOtherHasAny() {
    Map<String, String> documented = new HashMap<>();
    DocumentedSettings.read().forEach(row -> documented.put(row.key(), row.bound()));
    Map<String, String> bounds = new HashMap<>();
    Settings.ALL.forEach(setting -> bounds.put(setting.key(), setting.bound()));

    assertThat(bounds).isEqualTo(documented).hasSizeGreaterThan(40);
    assertThat(Settings.ALL).extracting(Setting::key).doesNotHaveDuplicates();
  }

  @Test
  void everyDocumentedValueIsWithin() {
    assertThat(faults()).isEmpty();
    knowACluster();
    for (DocumentedSettings.Row row : DocumentedSettings.read()) {
      for (String word : row.words()) {
        given.put(row.key(), word);
        assertThat(faults()).as(row.key() + "=" + word).isEmpty();
      }
    }
    assertThat(given).containsEntry("berth.work.sweep", "off");
  }

  /** R1: what is within its bounds is also read, as the start reads it. */
  @Test
  void everyDocumentedValueIsRead() {
    knowACluster();
    assertThatCode(this::readAll).doesNotThrowAnyException();
    for (DocumentedSettings.Row row : DocumentedSettings.read()) {
      row.words().forEach(word -> assertIsRead(row.key(), word));
    }
    assertAreRead(DocumentedSettings.Row::least);
    assertAreRead(DocumentedSettings.Row::most);
    assertThat(given).containsEntry("berth.work.sweep", "7d");
    given.put("berth.work.lease", "long");
    assertThatThrownBy(this::readAll).hasMessageContaining("berth.work.lease");
  }

  private void assertAreRead(Function<DocumentedSettings.Row, Optional<String>> end) {
    for (DocumentedSettings.Row row : DocumentedSettings.read()) {
      end.apply(row).ifPresent(value -> given.put(row.key(), value));
    }
    assertThat(faults()).isEmpty();
    assertThatCode(this::readAll).doesNotThrowAnyException();
  }

  private void assertIsRead(String key, String value) {
    String before = given.put(key, value);
    assertThatCode(this::readAll).as(key + "=" + value).doesNotThrowAnyException();
    if (before == null) {
      given.remove(key);
    } else {
      given.put(key, before);
    }
  }

  private void readAll() {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withValidateUnknown(false)
            .withSources(new PropertiesConfigSource(given, "given", 100));
    SettingSources.interfaces().forEach(builder::withMapping);
    builder.build();
  }

  @ParameterizedTest
  @CsvSource({
    "berth.relay.batch, 0",
    "berth.relay.batch, -1",
    "berth.relay.batch, many",
    "berth.work.tenants-in-flight, 0",
    "berth.store.inbox-age, -1d",
    "berth.store.inbox-age, 1s",
    "berth.store.outbox-age, 0s",
    "berth.store.purge-every, never",
    "berth.work.lease, 1s",
    "berth.work.poll, 0ms",
    "berth.work.backoff, -500ms",
    "berth.work.sweep, -5m",
    "berth.work.ready-recheck, 0s",
    "berth.isolation.after, -1s",
    "berth.capacity.overcommit, Infinity",
    "berth.capacity.overcommit, NaN",
    "berth.capacity.overcommit, 0",
    "berth.capacity.overcommit, -1",
    "berth.capacity.overcommit, 1e300",
    "berth.capacity.starts-per-node, 0",
    "berth.events.generation-gap, 0",
    "berth.events.sources, ','",
    "berth.kubernetes.runtime-classes, ' '",
    "berth.kubernetes.runtime-handlers, 'kata,,runc'",
    "berth.kubernetes.stale-after, -30s",
    "berth.cluster, 'a b'",
    "berth.cluster, ''",
    "berth.topics.state, '..'",
    "berth.topics.state, 'tenant state'",
    "berth.api.auth, open",
    "berth.api.viewer-role, ''",
    "berth.azure.mode, on",
    "berth.azure.subscription, berth",
    "berth.azure.endpoint, http://management.azure.com",
    "berth.azure.endpoint, http://localhost.example.com:8080",
    "berth.azure.endpoint, https://who@management.azure.com",
    "berth.azure.timeout, 0s",
    "berth.bridge.sbt.requests, 'sbt requests'",
    "berth.bridge.sbt.owners, admins",
    "berth.bridge.sbt.owners, 'Group:a,Pod:b'",
    "berth.bridge.sbt.owners, 'Group:{tenant'",
    "berth.bridge.sbt.answers-as, both",
  })
  void whatLetsNothingWorkIsRefused(String key, String value) {
    given.put(key, value);
    assertThat(faults())
        .singleElement()
        .asString()
        .startsWith(key + " is '" + value + "': it may be ");
  }

  @Test
  void settingsThatDoNotFitEachOtherAreRefused() {
    given.put("berth.work.lease", "6s");
    given.put("berth.work.lease-margin", "4s");
    given.put("berth.work.backoff", "2m");
    given.put("berth.relay.poll", "8s");
    given.put("berth.topics.state", "tenant.lifecycle");

    assertThat(faults())
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).contains("berth.work.lease-margin", "4s", "half of", "6s"),
            fault -> assertThat(fault).contains("berth.work.backoff", "2m", "60s"),
            fault -> assertThat(fault).contains("berth.relay.poll", "8s", "10s"),
            fault -> assertThat(fault).contains("one topic twice"));
  }

  @Test
  void withoutAClusterAzureIsNotAsked() {
    given.put("berth.azure.mode", "observe");

    assertThat(faults())
        .containsExactly(
            "berth.azure.subscription is not set: berth.azure.mode=observe needs it",
            "berth.azure.resource-group is not set: berth.azure.mode=observe needs it",
            "berth.azure.cluster-name is not set: berth.azure.mode=observe needs it");
    knowACluster();
    assertThat(faults()).isEmpty();
  }

  @Test
  void aBridgeThatCouldNotAnswerOrBeHeardDoesNotStart() {
    given.put("berth.bridge.sbt.requests", "sbt.requests");

    assertThat(faults())
        .containsExactly(
            "berth.bridge.sbt.answers is not set: berth.bridge.sbt.requests needs it",
            "berth.bridge.sbt.owners is not set: berth.bridge.sbt.requests needs it",
            "berth.events.generation-gap is '1000000': with berth.bridge.sbt.requests it must be at least 10000000000000, for generations are times");
    given.put("berth.bridge.sbt.answers", "sbt.answers");
    given.put("berth.bridge.sbt.owners", "Group:{tenantId}-admins,User:{email}");
    given.put("berth.events.generation-gap", "10000000000000");
    assertThat(faults()).isEmpty();
    given.put("berth.bridge.sbt.answers", "tenant.events");
    assertThat(faults()).singleElement().asString().contains("one topic twice");
  }

  @Test
  void everythingIsToldAtOnce() {
    given.put("berth.relay.batch", "0");
    given.put("berth.work.lease", "1s");
    given.put("berth.work.backoff", "2m");
    given.put("berth.capacity.overcommit", "Infinity");
    assertThat(faults()).hasSize(4);
  }

  @Test
  void whatMayBeLeftOutMayBeBlank() {
    for (String key :
        List.of(
            "berth.kubernetes.dns-addresses",
            "berth.events.sources",
            "berth.kubernetes.kubeconfig",
            "berth.capacity.starts-per-node")) {
      given.put(key, "");
    }
    assertThat(faults()).isEmpty();
  }

  private void knowACluster() {
    given.put("berth.azure.subscription", "00000000-0000-0000-0000-000000000001");
    given.put("berth.azure.resource-group", "berth");
    given.put("berth.azure.cluster-name", "local");
  }

  private List<String> faults() {
    return Settings.faults(key -> Optional.ofNullable(given.get(key)));
  }
}
