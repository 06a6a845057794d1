package dev.berth.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** G15: a name that nobody reads ends the start, and the one that was meant is told. */
class KnownNamesTest {

  @ParameterizedTest
  @CsvSource({
    "berth.relay.batchh, berth.relay.batch",
    "berth.work.lese, berth.work.lease",
    "berth.work.leaseMargin, berth.work.lease-margin",
    "berth.topic.state, berth.topics.state",
    "berth.kubernetes.networkengine, berth.kubernetes.network-engine",
    "berth.clusters, berth.cluster",
    "BERTH_RELAY_BATHC, BERTH_RELAY_BATCH",
    "BERTH_KUBECONFG, BERTH_KUBECONFIG",
    "BERTH_EVENT_SOURCES, BERTH_EVENTS_SOURCES",
  })
  void aNameThatIsNoSettingIsToldWithTheNearest(String given, String nearest) {
    assertThat(KnownNames.faults(List.of(given)))
        .containsExactly(
            "%s is not a setting of Berth: did you mean %s?".formatted(given, nearest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "berth.relay.batch",
        "berth.events.sources[0]",
        "berth.capacity.moves.kata-vm-isolation",
        "berth.capacity.moves.\"a.b\"",
        "BERTH_EVENTS_SOURCES_0_",
        "BERTH_CAPACITY_MOVES_KATA_VM_ISOLATION",
        "BERTH_URL",
        "BERTH_KUBECONFIG",
        "BERTH_SERVICE_HOST",
        "BERTH_SERVICE_PORT_HTTP",
        "BERTH_PORT",
        "BERTH_PORT_8080_TCP",
        "BERTH_MANAGEMENT_PORT_9000_TCP_ADDR",
        "quarkus.http.port",
        "%prod.berth.nonsense",
        "berthing",
      })
  void everythingElseIsLetAlone(String given) {
    assertThat(KnownNames.faults(List.of(given))).isEmpty();
  }

  @Test
  void everySettingIsKnownInBothForms() {
    List<String> keys = DocumentedSettings.read().stream().map(row -> row.key()).toList();
    assertThat(KnownNames.faults(keys)).isEmpty();
    assertThat(KnownNames.faults(keys.stream().map(DocumentedSettings::variable).toList()))
        .isEmpty();
  }

  @Test
  void everythingIsToldAtOnce() {
    assertThat(KnownNames.faults(List.of("berth.b", "BERTH_A", "berth.a"))).hasSize(3);
  }
}
