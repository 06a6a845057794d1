package dev.berth.manifest.tried;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.manifest.Chart;
import dev.berth.manifest.ChartTemplate;
import dev.berth.manifest.Rendering;
import dev.berth.manifest.rule.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Helm chart is the overlay, said with values. */
class ChartIT {
  private static final String OVERLAYS = "src/test/resources/overlays/";
  private static final Path TEMPLATE = Chart.FOLDER.resolve("templates/berth.yaml");
  private static final Pattern HASH = Pattern.compile("\"berth-[a-z0-9]{10}\"");

  @Test
  void itsTemplateIsMadeFromTheManifests() throws IOException {
    String made = ChartTemplate.of(Rendering.text(OVERLAYS + "chart"));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(TEMPLATE, made);
    }
    assertThat(TEMPLATE).content().isEqualTo(made);
  }

  static Stream<Arguments> eachValueAndItsOverlay() {
    return Stream.of(
        Arguments.of("house", Chart.house()),
        Arguments.of("more-replicas", Chart.house().with("replicas", 3)),
        Arguments.of(
            "own-plans",
            Chart.house()
                .with(
                    "plans", Map.of("small.yaml", Chart.text(OVERLAYS + "own-plans/small.yaml")))),
        Arguments.of(
            "other-neighbours",
            Chart.house()
                .with("ingressNamespace", "gateway")
                .with("monitoringNamespace", "prometheus")),
        Arguments.of(
            "chart-on-aks",
            Chart.house()
                .with("azure", Map.of("clientId", "11111111-1111-1111-1111-111111111111"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("eachValueAndItsOverlay")
  void itSaysWhatTheOverlaySays(String overlay, Chart chart) {
    assertThat(comparable(chart.rendered()))
        .containsExactlyInAnyOrderElementsOf(comparable(Rendering.of(OVERLAYS + overlay)));
  }

  @Test
  void everyDocumentedValueIsComparedWithAnOverlay() {
    Set<String> documented = new TreeSet<>();
    Rendering.yaml("k8s/chart/values.yaml").fieldNames().forEachRemaining(documented::add);
    Set<String> compared = new TreeSet<>();
    eachValueAndItsOverlay()
        .map(pair -> (Chart) pair.get()[1])
        .forEach(chart -> chart.values().fieldNames().forEachRemaining(compared::add));

    assertThat(compared).isEqualTo(documented);
  }

  @Test
  void itKeepsEveryRule() {
    assertThat(Rules.faults(Chart.house().rendered(), Rules.SERVING)).isEmpty();
  }

  static Stream<Arguments> whatIsWrong() {
    return Stream.of(
        Arguments.of("image", Map.of("repository", "", "digest", ""), "image/digest"),
        Arguments.of("config", "", "config"),
        Arguments.of("replica", 3, "'replica' not allowed"),
        Arguments.of("replicas", 0, "replicas"),
        Arguments.of("outside", List.of(), "outside"),
        Arguments.of("azure", Map.of("clientId", "berth"), "azure/clientId"));
  }

  @ParameterizedTest(name = "{0}={1}")
  @MethodSource("whatIsWrong")
  void aWrongValueIsRefusedByItsName(String value, Object to, String named) {
    assertThatThrownBy(() -> Chart.house().with(value, to).rendered())
        .hasMessageContaining("values don't meet the specifications of the schema")
        .hasMessageContaining(named);
  }

  @Test
  void anotherNamespaceIsRefused() {
    assertThatThrownBy(() -> Chart.house().rendered("tenants"))
        .hasMessageContaining("--namespace berth-system");
  }

  /** The name of the ConfigMap ends with a digest of its content, each tool's own. */
  private static List<String> comparable(Rendering rendering) {
    return rendering.objects().stream()
        .map(object -> HASH.matcher(Rendering.sorted(object)).replaceAll("\"berth-digest\""))
        .toList();
  }
}
