package dev.berth.monitoring.stage;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What was recorded before and during a fault, stretched to the minutes that the rules look at: ten
 * minutes as before, then the fault for 100 minutes. A counter begins at 0 and rises each time by
 * as much as it rose when the fault was recorded; what has waited for something goes on waiting.
 *
 * @param every so many minutes counters rise: with 1 there is traffic, with more there is hardly
 *     any
 */
public record RuleTest(String fault, Snapshot before, Snapshot during, int every) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BEGIN = 10;
  private static final int END = 110;

  /** For promtool: nothing fires before, and these alerts, and no others, at the end. */
  public ObjectNode expecting(Set<String> alerts) {
    ObjectNode test = JSON.createObjectNode().put("interval", "1m").put("name", fault);
    ArrayNode series = test.putArray("input_series");
    Set<String> names = new TreeSet<>(before.series().keySet());
    names.addAll(during.series().keySet());
    names.forEach(name ->
        series
            .addObject()
            .put("series", labelled(name))
            .put("values", before(name) + " " + during(name)));
    ArrayNode tests = test.putArray("promql_expr_test");
    firing(tests, BEGIN + "m", "", Set.of());
    for (Shipped.Alert alert : Shipped.alerts()) {
      if (!alert.waits().equals("0m")) {
        String only = "alertname=\"%s\", severity=\"%s\"".formatted(alert.name(), alert.severity());
        firing(tests, BEGIN + minutes(alert.waits()) + "m", only, Set.of());
      }
    }
    firing(tests, END + "m", "", alerts);
    return test;
  }

  private static void firing(ArrayNode tests, String time, String labels, Set<String> alerts) {
    String more = labels.isEmpty() ? "" : ", " + labels;
    ObjectNode test =
        tests
            .addObject()
            .put(
                "expr",
                "group by (alertname, severity) (ALERTS{alertstate=\"firing\"%s})".formatted(more))
            .put("eval_time", time);
    ArrayNode samples = test.putArray("exp_samples");
    for (String alert : alerts) {
      String[] words = alert.split(" ");
      samples
          .addObject()
          .put("labels", "{alertname=\"%s\", severity=\"%s\"}".formatted(words[0], words[1]))
          .put("value", 1);
    }
  }

  private static int minutes(String duration) {
    int number = Integer.parseInt(duration.substring(0, duration.length() - 1));
    return duration.endsWith("h") ? 60 * number : number;
  }

  private static String labelled(String name) {
    String labels = "job=\"berth\", instance=\"replica\"";
    return name.endsWith("}")
        ? name.substring(0, name.length() - 1) + ", " + labels + "}"
        : name + "{" + labels + "}";
  }

  private String before(String name) {
    Double value = before.series().get(name);
    if (value == null) {
      return "_x" + (BEGIN + 1);
    }
    return same(Snapshot.isCounter(name) ? 0 : value, BEGIN);
  }

  private String during(String name) {
    Double value = during.series().get(name);
    int minutes = END - BEGIN;
    if (value == null) {
      return "stale";
    }
    if (isAge(name) && value > 0) {
      return "%s+60x%d".formatted(text(value), minutes);
    }
    if (Snapshot.isCounter(name)) {
      double rise = value - before.series().getOrDefault(name, 0.0);
      return IntStream.rangeClosed(0, minutes)
          .mapToObj(minute -> text(rise * (1 + minute / every)))
          .collect(joining(" "));
    }
    return same(value, minutes);
  }

  private static boolean isAge(String name) {
    return name.contains("_oldest_");
  }

  /** The value, and again for so many minutes. */
  private static String same(double value, int minutes) {
    return Double.isNaN(value)
        ? "NaN ".repeat(minutes + 1).strip()
        : "%sx%d".formatted(text(value), minutes);
  }

  private static String text(double value) {
    return Double.toString(value);
  }
}
