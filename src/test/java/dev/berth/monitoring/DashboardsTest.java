package dev.berth.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.monitoring.stage.Shipped;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The dashboards by their structure: a Grafana to draw them cannot be had as a package. */
class DashboardsTest {

  private static final Set<String> UNITS =
      Set.of("short", "s", "bytes", "reqps", "ops", "percentunit", "none");
  private static final String RUNBOOK = "https://docs.example.com/berth/runbooks/";

  private final Map<String, JsonNode> dashboards = Shipped.dashboards();

  @TestFactory
  Stream<DynamicTest> aDashboardStandsInEveryGrafanaAndIsChangedOnlyHere() {
    return each(dashboard -> {
      assertThat(dashboard.path("uid").asText()).matches("berth-[a-z]+");
      assertThat(dashboard.path("title").asText()).startsWith("Berth / ");
      assertThat(dashboard.path("description").asText()).endsWith(".");
      assertThat(dashboard.has("id")).isFalse();
      assertThat(dashboard.path("version").asInt(-1)).isZero();
      assertThat(dashboard.path("editable").asBoolean(true)).isFalse();
      assertThat(dashboard.at("/templating/list").findValuesAsText("name"))
          .containsExactly("datasource", "job");
      assertThat(dashboard.path("links")).isNotEmpty();
    });
  }

  @TestFactory
  Stream<DynamicTest> aPanelSaysWhatItShowsAndInWhichUnit() {
    return each(dashboard -> {
      Set<Integer> ids = new HashSet<>();
      Set<String> titles = new HashSet<>();
      Shipped.panels(dashboard)
          .forEach(panel -> {
            String title = panel.path("title").asText();
            assertThat(ids.add(panel.path("id").asInt())).as("id of " + title).isTrue();
            assertThat(titles.add(title)).as(title + " is there once").isTrue();
            assertThat(panel.path("description").asText()).as(title).endsWith(".");
            assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isIn(UNITS);
            assertThat(panel.path("targets")).as(title).isNotEmpty();
          });
      assertThat(ids).isNotEmpty();
    });
  }

  @TestFactory
  Stream<DynamicTest> noDataSourceJobOrIntervalIsWrittenDown() {
    return each(dashboard -> {
      assertThat(dashboard.findValues("datasource"))
          .isNotEmpty()
          .allMatch(source -> source.path("uid").asText().equals("${datasource}"));
      assertThat(dashboard.path("panels").findValuesAsText("expr"))
          .allSatisfy(expression -> {
            assertThat(expression)
                .containsPattern("job=~\"\\$job\"|ALERTS")
                .doesNotContainPattern("\\[\\d+[smhd]\\]");
            if (expression.contains("rate(") || expression.contains("increase(")) {
              assertThat(expression).contains("[$__rate_interval]");
            }
          });
    });
  }

  @TestFactory
  Stream<DynamicTest> noPanelLiesOverAnother() {
    return each(dashboard -> {
      Set<String> taken = new HashSet<>();
      Shipped.panels(dashboard)
          .map(panel -> panel.path("gridPos"))
          .forEach(at -> {
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = at.path("x").asInt();
                x < at.path("x").asInt() + at.path("w").asInt();
                x++) {
              for (int y = at.path("y").asInt();
                  y < at.path("y").asInt() + at.path("h").asInt();
                  y++) {
                assertThat(taken.add(x + "," + y)).as(at.toString()).isTrue();
              }
            }
          });
    });
  }

  /** From every alert there is a way back to what led to it. */
  @Test
  void everyRunbookIsLinkedFromAPanelAndEveryLinkLeadsToOne() {
    Set<String> linked = new HashSet<>();
    dashboards.values().stream()
        .flatMap(Shipped::panels)
        .flatMap(panel -> panel.path("links").findValuesAsText("url").stream())
        .forEach(url -> linked.add(url.replace(RUNBOOK, "").replaceFirst("\\.md$", "")));

    assertThat(linked).isEqualTo(Shipped.runbooks().keySet());
  }

  @Test
  void theyAreMadeIntoAConfigMapThatGrafanaFinds() {
    JsonNode map = Shipped.yaml("kustomization.yaml").at("/configMapGenerator/0");

    assertThat(map.path("files"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrderElementsOf(dashboards.keySet());
    assertThat(map.at("/options/labels/grafana_dashboard").asText()).isEqualTo("1");
    assertThat(dashboards.values())
        .extracting(dashboard -> dashboard.path("uid").asText())
        .doesNotHaveDuplicates();
  }

  private Stream<DynamicTest> each(Consumer<JsonNode> check) {
    return dashboards.entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> check.accept(each.getValue())));
  }
}
