package dev.berth.monitoring.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Rules, dashboards and runbooks as they are in the repository. */
public final class Shipped {

  private static final Path PROJECT = Path.of(System.getProperty("basedir", ""));
  private static final Path COMPONENT = PROJECT.resolve("k8s/components/monitoring");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BERTH = Pattern.compile("\\bberth_[a-z_]+");

  private Shipped() {}

  /** An alert, with what it tells people. */
  public record Alert(String name, String severity, String waits, JsonNode annotations) {}

  /** One question to Prometheus, and where it is asked. */
  public record Expression(String place, String text) {}

  /** The rules without the object that brings them into a cluster. */
  public static JsonNode rules() {
    return yaml("rules.yaml").path("spec");
  }

  public static JsonNode yaml(String file) {
    Load load = new Load(LoadSettings.builder().build());
    return JSON.valueToTree(load.loadFromString(read(COMPONENT.resolve(file))));
  }

  public static List<Alert> alerts() {
    return rules().path("groups").findParents("alert").stream()
        .map(rule ->
            new Alert(
                rule.path("alert").asText(),
                rule.at("/labels/severity").asText(),
                rule.path("for").asText("0m"),
                rule.path("annotations")))
        .toList();
  }

  /** Names of series that rules make. */
  public static List<String> recorded() {
    return rules().path("groups").findValuesAsText("record");
  }

  /** The dashboards by file. */
  public static Map<String, JsonNode> dashboards() {
    Map<String, JsonNode> dashboards = new TreeMap<>();
    try (Stream<Path> files = Files.list(COMPONENT.resolve("dashboards"))) {
      for (Path file : files.toList()) {
        dashboards.put("dashboards/" + file.getFileName(), JSON.readTree(file.toFile()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return dashboards;
  }

  public static Stream<JsonNode> panels(JsonNode dashboard) {
    return StreamSupport.stream(dashboard.path("panels").spliterator(), false);
  }

  /** What the panels of all dashboards ask. */
  public static List<Expression> panelExpressions() {
    List<Expression> expressions = new ArrayList<>();
    dashboards()
        .forEach((file, dashboard) ->
            panels(dashboard)
                .forEach(panel ->
                    panel
                        .findValuesAsText("expr")
                        .forEach(text ->
                            expressions.add(
                                new Expression(
                                    file + ": " + panel.path("title").asText(), text)))));
    return expressions;
  }

  /** Every metric of Berth that rules or panels name. */
  public static List<String> metrics() {
    return Stream.concat(
            rules().path("groups").findValuesAsText("expr").stream(),
            panelExpressions().stream().map(Expression::text))
        .map(text -> text.replaceAll("job:berth_[a-z_0-9:]+", ""))
        .flatMap(text -> BERTH.matcher(text).results())
        .map(MatchResult::group)
        .distinct()
        .sorted()
        .toList();
  }

  /** Every metric of Berth that operators are told of. */
  public static List<String> documentedMetrics() {
    return BERTH
        .matcher(read(PROJECT.resolve("docs/operate.md")))
        .results()
        .map(MatchResult::group)
        .distinct()
        .toList();
  }

  /** The pages by the alert that they are named after. */
  public static Map<String, String> runbooks() {
    Map<String, String> pages = new TreeMap<>();
    try (Stream<Path> files = Files.list(PROJECT.resolve("docs/runbooks"))) {
      files.forEach(
          page -> pages.put(page.getFileName().toString().replaceFirst("\\.md$", ""), read(page)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pages;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
