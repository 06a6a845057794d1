package dev.berth.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.process.LogOutput;
import dev.berth.local.process.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The commands of {@code .berth/bin/}: send an event, offboard a tenant, read a topic. */
final class ByHand {
  static final List<String> COMMANDS = List.of("send", "offboard", "consume");

  private final Map<String, String> env;

  private ByHand(Map<String, String> env) {
    this.env = env;
  }

  public static void main(String[] args) throws Exception {
    LogOutput.quiet();
    List<String> words = List.of(args).subList(2, args.length);
    Optional<String> env = Texts.read(Path.of(args[1]));
    if (env.isEmpty()) {
      System.err.println(
          "%s is not there: nothing runs, or it is not ready yet. Start it with ./mvnw"
              .formatted(args[1]));
      System.exit(1);
    }
    new ByHand(parse(env.get())).run(args[0], words);
  }

  static Map<String, String> parse(String env) {
    return env.lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
  }

  private void run(String command, List<String> words) throws IOException {
    switch (command) {
      case "send" -> send(words);
      case "offboard" -> offboard(word(words, 0, "acme"));
      case "consume" ->
          Reader.follow(kafka(), word(words, 0, "tenant.lifecycle"), System.out::println);
      default -> throw new IllegalArgumentException(command);
    }
  }

  /** {@code TENANT [PLAN] [SOURCE]}: also what Berth does not take, such as another source. */
  private void send(List<String> words) throws IOException {
    if (words.isEmpty() || words.size() > 3 || words.getFirst().startsWith("-")) {
      System.err.println(
          """
          Usage: send TENANT [PLAN] [SOURCE]
          Sends an event as the control plane does: the tenant is to be on the plan (team).
          Of any source but %s Berth takes nothing here: to see what becomes of it.\
          """
              .formatted(TenantEvents.SOURCE));
      System.exit(2);
    }
    String tenant = words.getFirst();
    String plan = word(words, 1, "team");
    String source = word(words, 2, TenantEvents.SOURCE);
    long generation = nextGeneration(tenant);
    try (TenantEvents events = new TenantEvents(kafka(), source)) {
      events.created(tenant, plan, generation);
    }
    System.out.println(
        "sent: created %s, plan %s, generation %d, from %s"
            .formatted(tenant, plan, generation, source));
    System.out.println(
        source.equals(TenantEvents.SOURCE)
            ? "see:  .berth/bin/berth explain " + tenant
            : "see:  .berth/bin/berth quarantine list");
  }

  private void offboard(String tenant) throws IOException {
    long generation = nextGeneration(tenant);
    try (TenantEvents events = new TenantEvents(kafka())) {
      events.offboardingRequested(tenant, generation);
    }
    System.out.println(
        "sent: offboarding-requested %s, generation %d".formatted(tenant, generation));
  }

  /** One above what Berth knows: events with an older generation are stale. */
  private long nextGeneration(String tenant) throws IOException {
    Function<JsonNode, Long> generation = node -> node.path("generation").asLong();
    return new BerthApi(env.get("BERTH_URL"), env.get("BERTH_MANAGEMENT_URL"))
            .tenant(tenant)
            .map(generation)
            .orElse(0L)
        + 1;
  }

  private String kafka() {
    return env.get("KAFKA_BOOTSTRAP_SERVERS");
  }

  private static String word(List<String> words, int index, String otherwise) {
    return index < words.size() ? words.get(index) : otherwise;
  }
}
