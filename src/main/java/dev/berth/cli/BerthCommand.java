package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.quarantine.QuarantineCommand;
import dev.berth.cli.terminal.Failure;
import dev.berth.cli.terminal.Person;
import dev.berth.cli.terminal.Printer;
import dev.berth.cli.terminal.Server;
import dev.berth.cli.terminal.Terminal;
import dev.berth.cli.terminal.WatchOption;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code berth}: what the REST API tells, for people and scripts. */
@Command(
    name = "berth",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      MoveCommand.class,
      WaitCommand.class,
      ValidateCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    },
    description =
        "Asks a Berth about its tenants, acts on them, and checks tenant events without one.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed; stderr says why and what to do",
      "2:wrong usage",
      "3:not found",
      "4:wait: not reached in time",
      "5:wait: cannot be reached unless somebody acts",
      "6:the tenant is not in a state for the action, or has changed meanwhile",
      "7:the token is missing, not valid, or lacks the role"
    })
@SuppressWarnings("NullAway.Init")
public final class BerthCommand implements Runnable {

  /** What is asked most comes first in the help. */
  private static final List<String> ORDER =
      List.of(
          "status",
          "list",
          "get",
          "explain",
          "timeline",
          "wait",
          "quarantine",
          "capacity",
          "plans",
          "preview",
          "look",
          "retry",
          "verify",
          "freeze",
          "unfreeze",
          "withdraw",
          "actions",
          "validate",
          "generate-completion",
          "help");

  static final String TENANTS = "/api/v1/tenants/";

  private final Clock clock;

  @Spec private CommandSpec spec;

  BerthCommand(Clock clock) {
    this.clock = clock;
  }

  /** Where a command reads and writes. */
  record StandardStreams(InputStream in, PrintWriter out, PrintWriter err) {}

  public static void main(String[] args) {
    CommandLine plain = new CommandLine(CommandSpec.create());
    StandardStreams streams = new StandardStreams(System.in, plain.getOut(), plain.getErr());
    System.exit(line(Clock.systemUTC(), streams).execute(args));
  }

  /** The command line, to be executed. */
  static CommandLine line(Clock clock, StandardStreams streams) {
    CommandLine berth = new CommandLine(new BerthCommand(clock));
    ActCommand.addTo(berth);
    berth.addSubcommand(new QuarantineCommand(clock, new Person(streams.in())));
    CommandSpec spec = berth.getCommandSpec();
    ORDER.forEach(name -> spec.addSubcommand(name, spec.removeSubcommand(name)));
    return berth
        .setOut(Terminal.to(streams.out()))
        .setErr(Terminal.to(streams.err()))
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setExecutionExceptionHandler((e, line, parsed) -> {
          if (!(e instanceof Failure failure)) {
            throw e;
          }
          line.getErr().println("berth: " + failure.getMessage());
          return failure.code().number();
        });
  }

  @Override
  public void run() {
    spec.commandLine().usage(out());
  }

  @Command(description = "What needs a person, and how many tenants are in each phase.")
  void status(@Mixin Server server, @Mixin Printer printer, @Mixin WatchOption watch)
      throws InterruptedException {
    watch.show(
        () -> server.get("/api/v1/fleet", Map.of()),
        fleet -> printer.print(out(), fleet, tables().fleet(fleet)));
  }

  @Command(description = "Tenants, in the order of their ids.")
  void list(
      @Mixin Filter filter, @Mixin Server server, @Mixin Printer printer, @Mixin WatchOption watch)
      throws InterruptedException {
    watch.show(
        () -> server.get("/api/v1/tenants", filter.query()),
        page -> {
          printer.print(out(), page, tables().tenants(Tables.stream(page.path("items"))));
          Printer.tellMore(spec.commandLine().getErr(), page);
        });
  }

  @Command(description = "One tenant.")
  void get(
      @Parameters(paramLabel = "ID") String id,
      @Mixin Server server,
      @Mixin Printer printer,
      @Mixin WatchOption watch)
      throws InterruptedException {
    watch.show(
        () -> server.get(TENANTS + Server.encoded(id), Map.of()),
        tenant -> printer.print(out(), tenant, tables().tenants(Stream.of(tenant))));
  }

  @Command(description = "Why a tenant is as it is, who must act and what comes next.")
  void explain(
      @Parameters(paramLabel = "ID") String id, @Mixin Server server, @Mixin Printer printer) {
    JsonNode why = server.get(TENANTS + Server.encoded(id) + "/explain", Map.of());
    printer.print(out(), why, Tables.lines(why.path("sentences")));
  }

  @Command(description = "What happened to a tenant, newest first.")
  void timeline(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--failed", description = "Only what failed.") boolean failed,
      @Mixin Server server,
      @Mixin Printer printer) {
    Map<String, String> query = failed ? Map.of("outcome", "failed") : Map.of();
    JsonNode page = server.get(TENANTS + Server.encoded(id) + "/timeline", query);
    printer.print(out(), page, OverviewTables.timeline(page));
  }

  @Command(description = "Plans, their versions and how many tenants are on each.")
  void plans(@Mixin Server server, @Mixin Printer printer) {
    JsonNode plans = server.get("/api/v1/plans", Map.of());
    printer.print(out(), plans, OverviewTables.plans(plans));
    PrintWriter err = spec.commandLine().getErr();
    OverviewTables.planErrors(plans).forEach(error -> err.println("berth: not used: " + error));
    if (!plans.path("errors").isEmpty()) {
      err.println(
          "berth: what was loaded before stays in force. For the platform team: correct the files.");
    }
  }

  @Command(description = "What another plan would do to a tenant; nothing is changed.")
  void preview(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--plan", required = true, description = "name or name@version.") String plan,
      @Mixin Server server,
      @Mixin Printer printer) {
    JsonNode preview = server.get(TENANTS + Server.encoded(id) + "/preview", Map.of("plan", plan));
    printer.print(out(), preview, OverviewTables.preview(preview));
  }

  @Command(description = "Nodes for sandboxes, what tenants take of them, who waits first and why.")
  void capacity(@Mixin Server server, @Mixin Printer printer) {
    JsonNode capacity = server.get("/api/v1/capacity", Map.of());
    printer.print(out(), capacity, OverviewTables.capacity(capacity));
    if (printer.isForPeople()) {
      OverviewTables.firstInLine(capacity)
          .forEach(id -> {
            out().println();
            explain(id, server, printer);
          });
    }
  }

  @Command(description = "What people did to a tenant, newest first.")
  void actions(
      @Parameters(paramLabel = "ID") String id, @Mixin Server server, @Mixin Printer printer) {
    JsonNode page = server.get(TENANTS + Server.encoded(id) + "/actions", Map.of());
    printer.print(out(), page, ActCommand.table(Tables.stream(page.path("items"))));
  }

  Clock clock() {
    return clock;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private Tables tables() {
    return new Tables(clock.instant());
  }
}
