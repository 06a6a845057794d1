package dev.berth.operations;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What {@code /q/health/ready} says, by the names of its checks; without what differs from run to
 * run.
 */
record HealthAnswer(String status, Map<String, String> checks) {

  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z(\\[UTC])?|-?\\d{10,}");
  private static final Pattern ADDRESS = Pattern.compile("(/|localhost/)?127\\.0\\.0\\.1:\\d+");
  private static final Pattern FOLDER = Pattern.compile("/[\\w/.-]*/plans-[\\w-]+");

  /** They depend on what is to be sent just then. */
  private static final Set<String> OF_WHAT_WAITS = Set.of("setAside", "refusingTopics");

  static HealthAnswer of(JsonNode body) {
    Map<String, String> checks = new TreeMap<>();
    body.path("checks").forEach(check -> checks.put(check.path("name").asText(), text(check)));
    return new HealthAnswer(body.path("status").asText(), checks);
  }

  boolean isUp() {
    return status.equals("UP");
  }

  boolean isDown(String check) {
    return checks.getOrDefault(check, "").startsWith("DOWN");
  }

  boolean says(String check, String words) {
    return checks.getOrDefault(check, "").contains(words);
  }

  /** The checks that say something else than when all is well. */
  String beside(HealthAnswer well) {
    return "status: %s\n".formatted(status)
        + checks.entrySet().stream()
            .filter(check -> !check.getValue().equals(well.checks.get(check.getKey())))
            .map(check -> "%s: %s".formatted(check.getKey(), check.getValue()))
            .collect(joining());
  }

  private static String text(JsonNode check) {
    return check.path("status").asText()
        + "\n"
        + check.path("data").properties().stream()
            .filter(member -> !OF_WHAT_WAITS.contains(member.getKey()))
            .map(member -> "  %s: %s\n".formatted(member.getKey(), member.getValue().asText()))
            .map(HealthAnswer::masked)
            .sorted()
            .collect(joining());
  }

  private static String masked(String line) {
    String placeless = FOLDER.matcher(line).replaceAll("<plans>");
    return TIME.matcher(ADDRESS.matcher(placeless).replaceAll("<address>")).replaceAll("<time>");
  }
}
