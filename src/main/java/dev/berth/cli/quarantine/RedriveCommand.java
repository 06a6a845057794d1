package dev.berth.cli.quarantine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.cli.terminal.ExitCode;
import dev.berth.cli.terminal.Failure;
import dev.berth.cli.terminal.Printer;
import dev.berth.cli.terminal.Server;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Takes care of one record, or of all that a filter finds. */
@SuppressWarnings("NullAway.Init")
abstract sealed class RedriveCommand implements Callable<Integer> {

  /** Takes records in once more. */
  @Command(
      name = "replay",
      description = "Takes in once more, as it was sent, one record or what a filter finds.")
  static final class Replay extends RedriveCommand {
    Replay() {
      super("replay");
    }
  }

  /** Says that records are not wanted. */
  @Command(
      name = "discard",
      description = "Says that a record, or what a filter finds, is not wanted.")
  static final class Discard extends RedriveCommand {
    Discard() {
      super("discard");
    }
  }

  private final String verb;

  @ParentCommand private QuarantineCommand quarantine;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID", arity = "0..1")
  private @Nullable String id;

  @Mixin private RecordFilter filter;

  @Option(names = "--why", description = "The reason, which is kept with the action.")
  private @Nullable String why;

  @Option(names = "--dry-run", description = "Only say what would happen.")
  private boolean dry;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean sure;

  @Mixin private Server server;

  @Mixin private Printer printer;

  RedriveCommand(String verb) {
    this.verb = verb;
  }

  @Override
  public Integer call() {
    Map<String, String> query = filter.query();
    if (id == null == query.isEmpty()) {
      throw new Failure(
          ExitCode.USAGE, "Give the id of a record, or a filter: --reason, --source, ...");
    }
    if (!dry && why == null) {
      throw new Failure(ExitCode.USAGE, "Say why: --why \"...\"; it is kept with the action.");
    }
    return (id == null ? many(query) : one(id)).number();
  }

  private ExitCode one(String id) {
    String path = QuarantineCommand.QUARANTINE + "/" + Server.encoded(id) + "/" + verb + "s";
    if (dry) {
      JsonNode result = server.post(path, Map.of("dryRun", "true"), null);
      printer.print(out(), result, RecordTables.results(Stream.of(result)));
      return ended(result.path("state").asText().equals("open"));
    }
    JsonNode action = server.post(path, Map.of(), why);
    printer.print(out(), action, RecordTables.actions(Stream.of(action)));
    return ended(action.path("after").path("state").asText().equals("open"));
  }

  private ExitCode many(Map<String, String> query) {
    String path = QuarantineCommand.QUARANTINE + "/" + verb + "s";
    RecordFilter.put(query, "dryRun", "true");
    JsonNode forecast = server.post(path, query, null);
    query.remove("dryRun");
    long left = forecast.path("left").asLong();
    long count = forecast.path("items").size() + left;
    if (dry) {
      printer.print(
          out(), forecast, RecordTables.results(RecordTables.stream(forecast.path("items"))));
      if (left > 0) {
        err().println("berth: of the oldest; %d more are behind them".formatted(left));
      }
      return ExitCode.DONE;
    }
    err()
        .println(
            "berth: to %s: %d records, such as %s"
                .formatted(verb, count, forecast.path("results")));
    if (count == 0
        || !(sure || quarantine.person().confirms(err(), "Really %s them?".formatted(verb)))) {
      return count == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }
    query.put("until", forecast.path("asOf").asText());
    ArrayNode actions = JsonNodeFactory.instance.arrayNode();
    JsonNode next;
    do {
      JsonNode action = server.post(path, query, why);
      actions.add(action);
      next = action.path("after").path("nextCursor");
      query.put("cursor", next.asText());
    } while (next.isTextual());
    printer.print(out(), actions, RecordTables.actions(RecordTables.stream(actions)));
    return ended(RecordTables.stream(actions).anyMatch(RedriveCommand::leftSome));
  }

  private static boolean leftSome(JsonNode action) {
    JsonNode results = action.path("after").path("results");
    return Stream.of("REFUSED", "REJECTED", "UNDECIDED").anyMatch(results::has);
  }

  private static ExitCode ended(boolean open) {
    return open ? ExitCode.FAILED : ExitCode.DONE;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
