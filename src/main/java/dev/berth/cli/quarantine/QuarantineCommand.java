package dev.berth.cli.quarantine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.terminal.Person;
import dev.berth.cli.terminal.Printer;
import dev.berth.cli.terminal.Server;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code berth quarantine}: what Berth did not take, to see and to take care of. */
@Command(
    name = "quarantine",
    description = "Records that Berth did not take: lists, shows, replays and discards them.",
    subcommands = {RedriveCommand.Replay.class, RedriveCommand.Discard.class})
@SuppressWarnings("NullAway.Init")
public final class QuarantineCommand implements Runnable {

  static final String QUARANTINE = "/api/v1/quarantine";

  private final Clock clock;
  private final Person person;

  @Spec private CommandSpec spec;

  public QuarantineCommand(Clock clock, Person person) {
    this.clock = clock;
    this.person = person;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(description = "Records, newest first.")
  void list(
      @Mixin RecordFilter filter,
      @Option(
              names = "--state",
              defaultValue = "open",
              description = "open, replayed, discarded or all (${DEFAULT-VALUE}).")
          String state,
      @Option(names = "--limit", description = "Of a page, up to 500 (50).") @Nullable String limit,
      @Option(names = "--cursor", description = "The page that begins there.")
          @Nullable String cursor,
      @Mixin Server server,
      @Mixin Printer printer) {
    Map<String, String> query = filter.query();
    RecordFilter.put(query, "state", state.equals("all") ? null : state);
    RecordFilter.put(query, "limit", limit);
    RecordFilter.put(query, "cursor", cursor);
    JsonNode page = server.get(QUARANTINE, query);
    printer.print(
        spec.commandLine().getOut(),
        page,
        tables().records(RecordTables.stream(page.path("items"))));
    Printer.tellMore(spec.commandLine().getErr(), page);
  }

  @Command(description = "One record, with all that is wrong in it.")
  void show(
      @Parameters(paramLabel = "ID") String id, @Mixin Server server, @Mixin Printer printer) {
    JsonNode record = server.get(QUARANTINE + "/" + Server.encoded(id), Map.of());
    printer.print(
        spec.commandLine().getOut(),
        record,
        RecordTables.members(record),
        tables().records(Stream.of(record)));
  }

  Person person() {
    return person;
  }

  private RecordTables tables() {
    return new RecordTables(clock.instant());
  }
}
