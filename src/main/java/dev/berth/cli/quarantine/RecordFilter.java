package dev.berth.cli.quarantine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which records of the quarantine are asked for; what is not given is left to the API. */
@SuppressWarnings("NullAway.Init")
final class RecordFilter {

  @Option(names = "--reason", description = "One reason, or more with commas.")
  private @Nullable String reason;

  @Option(names = "--source", description = "The source that they claim.")
  private @Nullable String source;

  @Option(names = "--tenant", description = "The tenant that they claim.")
  private @Nullable String tenant;

  @Option(names = "--topic", description = "The topic that they lay in.")
  private @Nullable String topic;

  @Option(names = "--since", description = "Refused then or later, such as 2026-11-24T18:00:00Z.")
  private @Nullable String since;

  @Option(names = "--until", description = "Refused then or earlier.")
  private @Nullable String until;

  /** As parameters of the API. */
  Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    put(query, "reason", reason);
    put(query, "source", source);
    put(query, "tenant", tenant);
    put(query, "topic", topic);
    put(query, "since", since);
    put(query, "until", until);
    return query;
  }

  static void put(Map<String, String> query, String name, @Nullable String value) {
    if (value != null) {
      query.put(name, value);
    }
  }
}
