package dev.berth.monitoring.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The faults of a run with what was scraped, and which alerts each must lead to. */
public final class Recording {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<RuleTest> tests = new ArrayList<>();
  private final List<Set<String>> expected = new ArrayList<>();

  /** Alerts as {@code <name> <severity>}. */
  public void add(RuleTest test, String... alerts) {
    tests.add(test);
    expected.add(new TreeSet<>(List.of(alerts)));
  }

  /** All alerts that some fault leads to. */
  public Set<String> alerts() {
    Set<String> all = new TreeSet<>();
    expected.forEach(all::addAll);
    return all;
  }

  /** What promtool thinks of the rules, by all of it. */
  public Promtool.Verdict judge(Path folder) {
    ObjectNode file = JSON.createObjectNode().put("evaluation_interval", "1m");
    file.putArray("rule_files").add("rules.yml");
    ArrayNode all = file.putArray("tests");
    for (int i = 0; i < tests.size(); i++) {
      all.add(tests.get(i).expecting(expected.get(i)));
    }
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("rules.yml"), Shipped.rules().toString());
      Files.writeString(folder.resolve("recorded.yml"), file.toPrettyString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Promtool.Verdict check = Promtool.run(folder, "check", "rules", "rules.yml");
    return check.code() == 0 ? Promtool.run(folder, "test", "rules", "recorded.yml") : check;
  }

  /** One line for each fault, for people. */
  public String table() {
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < tests.size(); i++) {
      table.append("%-44s %s%n".formatted(tests.get(i).fault(), expected.get(i)));
    }
    return table.toString();
  }
}
