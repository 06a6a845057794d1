package dev.berth.journey.incident;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.cli.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Whoever is on duty: has the command line and the page, and knows nothing else. */
final class Operator {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Set<String> used = new HashSet<>();
  private final Map<String, String> quotes = new HashMap<>();
  private String url;

  Operator(String url) {
    this.url = url;
  }

  void turnsTo(String other) {
    url = other;
  }

  /** The first step: one line of the overview has all of these words. */
  void seesInTheOverview(String... words) {
    await(String.join(" ", words))
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(run("berth status").out().lines())
                .anySatisfy(line -> assertThat(line).contains(words)));
  }

  /** The second step: what the command of the row says holds all of these words. */
  void isTold(Incident incident, String command, String id, String... words) {
    await(command)
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          Line line = does(incident, command, id);
          String answer = line.out() + line.err();
          assertThat(answer).contains(words);
          quotes.put(incident.name(), Quote.of(command.replace("ID", id), answer, List.of(words)));
        });
  }

  /** As the row says it, of a tenant or record. */
  Line does(Incident incident, String command, String id) {
    assertThat(incident.commands()).contains(command);
    used.add(incident.name() + ": " + command);
    return run(command.replace("ID", id));
  }

  /** Every command that a row names was given. */
  void assertAllIsTried() {
    assertThat(used)
        .containsExactlyInAnyOrderElementsOf(
            Incident.ALL.stream()
                .flatMap(it -> it.commands().stream().map(each -> it.name() + ": " + each))
                .toList());
  }

  /** The id of the newest record that is open for the reason. */
  String record(String reason) {
    return run("berth quarantine list -o name --reason " + reason)
        .out()
        .lines()
        .findFirst()
        .orElseThrow();
  }

  /** What the second step said, in the order of the table. */
  String quotes() {
    return Incident.ALL.stream()
        .map(it -> "\n%s:\n\n```console\n%s```\n".formatted(it.name(), quotes.get(it.name())))
        .collect(joining());
  }

  private Line run(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.replaceAll(word -> word.equals("...") ? "an incident" : word);
    return Line.now(
        Stream.concat(words.stream().skip(1), Stream.of("--url", url)).toArray(String[]::new));
  }
}
