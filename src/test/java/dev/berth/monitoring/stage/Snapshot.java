package dev.berth.monitoring.stage;

import dev.berth.api.stage.Management;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What one replica answered to one scrape: the value of each of its series. */
public record Snapshot(Map<String, Double> series) {

  /** Of a replica that does not answer. */
  public static final Snapshot NOTHING = new Snapshot(Map.of());

  public Snapshot {
    series = Map.copyOf(series);
  }

  /** What Berth and its HTTP server tell now. */
  public static Snapshot take() {
    Map<String, Double> series = new LinkedHashMap<>();
    Management.get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("berth_") || line.startsWith("http_server_requests_"))
        .forEach(line -> {
          int end = line.lastIndexOf(' ');
          series.put(line.substring(0, end), Double.parseDouble(line.substring(end + 1)));
        });
    return new Snapshot(series);
  }

  /** This with the counters of a later one: what had happened until then, but waits no more. */
  public Snapshot withCountersOf(Snapshot later) {
    Map<String, Double> merged = new LinkedHashMap<>(series);
    later.series.forEach((name, value) -> {
      if (isCounter(name)) {
        merged.put(name, value);
      }
    });
    return new Snapshot(merged);
  }

  /** This, with a gauge that has no labels at another value. */
  public Snapshot with(String gauge, double value) {
    Map<String, Double> changed = new LinkedHashMap<>(series);
    changed.replaceAll(
        (name, before) -> name.replaceFirst("\\{.*", "").equals(gauge) ? value : before);
    return new Snapshot(changed);
  }

  static boolean isCounter(String name) {
    return name.matches("[a-z_]+_(total|bucket|count|sum)(\\{.*|$)");
  }

  /** Short, for messages. */
  @Override
  public String toString() {
    return series.size() + " series";
  }

  /** The sum of the series of that name that have all of these labels. */
  public double sum(String name, String... labels) {
    Predicate<String> wanted =
        key -> key.startsWith(name + "{") || key.startsWith(name + " ") || key.equals(name);
    for (String label : labels) {
      wanted = wanted.and(key -> key.contains(label));
    }
    Predicate<String> all = wanted;
    return series.entrySet().stream()
        .filter(each -> all.test(each.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
