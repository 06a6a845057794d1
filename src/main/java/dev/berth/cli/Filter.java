package dev.berth.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which tenants are asked for; what is not given is left to the API. */
@SuppressWarnings("NullAway.Init")
final class Filter {

  @Option(names = "--phase", description = "One phase, or more with commas.")
  private @Nullable String phase;

  @Option(names = "--reason", description = "One reason, or more with commas.")
  private @Nullable String reason;

  @Option(names = "--plan", description = "name or name@version.")
  private @Nullable String plan;

  @Option(
      names = {"-l", "--label"},
      description = "key=value, or more with commas.")
  private @Nullable String label;

  @Option(
      names = "--stuck-for",
      description = "In a phase that ought to pass for longer, such as 15m.")
  private @Nullable String stuckFor;

  @Option(
      names = {"-q", "--prefix"},
      description = "The beginning of the id.")
  private @Nullable String prefix;

  @Option(names = "--limit", description = "Of a page, up to 500 (50).")
  private @Nullable String limit;

  @Option(names = "--cursor", description = "The page that begins there.")
  private @Nullable String cursor;

  /** As parameters of the API. */
  Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    put(query, "phase", phase);
    put(query, "reason", reason);
    put(query, "plan", plan);
    put(query, "label", label);
    put(query, "stuckFor", stuckFor);
    put(query, "q", prefix);
    put(query, "limit", limit);
    put(query, "cursor", cursor);
    return query;
  }

  private static void put(Map<String, String> query, String name, @Nullable String value) {
    if (value != null) {
      query.put(name, value);
    }
  }
}
