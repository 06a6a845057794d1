package dev.berth.cli;

import static dev.berth.cli.terminal.Printer.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.cli.terminal.ExitCode;
import dev.berth.cli.terminal.Printer;
import dev.berth.cli.terminal.Printer.Table;
import dev.berth.cli.terminal.Server;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code berth look} and the others of its kind: an operator acts on a tenant. */
@Command(mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class ActCommand implements Callable<Integer> {

  private static final Map<String, String> KINDS =
      Map.of(
          "look", "Looks at a tenant now, not only when it is due.",
          "retry", "Tries a tenant again that is held back, its attempts counted anew.",
          "verify", "Verifies the isolation of a tenant now.",
          "freeze", "Takes all access to a tenant away; its pods run on, nothing is deleted.",
          "unfreeze", "Gives access to a frozen tenant back, once everything is proven.",
          "withdraw", "Takes a tenant out of the waiting list until an event or a retry.");

  private final String kind;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID")
  private String id;

  @Option(names = "--why", required = true, description = "Why; it is kept with the action.")
  private String reason;

  @Mixin private Server server;

  @Mixin private Printer printer;

  private ActCommand(String kind) {
    this.kind = kind;
  }

  static void addTo(CommandLine berth) {
    KINDS.forEach((kind, description) -> {
      CommandLine command = new CommandLine(new ActCommand(kind));
      command.getCommandSpec().usageMessage().description(description);
      berth.addSubcommand(kind, command);
    });
  }

  @Override
  public Integer call() {
    JsonNode wish = JsonNodeFactory.instance.objectNode().put("kind", kind).put("reason", reason);
    JsonNode action = server.act(BerthCommand.TENANTS + Server.encoded(id), wish);
    printer.print(spec.commandLine().getOut(), action, table(Stream.of(action)));
    return ExitCode.DONE.number();
  }

  static Table table(Stream<JsonNode> actions) {
    return new Table(
        6,
        List.of("ACTION", "TIME", "KIND", "STATE", "WHO", "WHY", "MESSAGE"),
        actions
            .map(action ->
                Stream.of("id", "at", "kind", "state", "who", "why", "message")
                    .map(member -> text(action, member))
                    .toList())
            .toList());
  }
}
