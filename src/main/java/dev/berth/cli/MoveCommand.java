package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.cli.terminal.ExitCode;
import dev.berth.cli.terminal.Printer;
import dev.berth.cli.terminal.Server;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code berth move}: an admin has a tenant run in another RuntimeClass. */
@Command(
    name = "move",
    mixinStandardHelpOptions = true,
    description = "Moves a tenant to another RuntimeClass; its pods are ended on the way.")
@SuppressWarnings("NullAway.Init")
final class MoveCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID")
  private String id;

  @Option(names = "--to", required = true, paramLabel = "CLASS", description = "The RuntimeClass.")
  private String to;

  @Option(names = "--why", required = true, description = "Why; it is kept with the action.")
  private String reason;

  @Mixin private Server server;

  @Mixin private Printer printer;

  @Override
  public Integer call() {
    JsonNode wish =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "move")
            .put("to", to)
            .put("reason", reason);
    JsonNode action = server.act(BerthCommand.TENANTS + Server.encoded(id), wish);
    printer.print(spec.commandLine().getOut(), action, ActCommand.table(Stream.of(action)));
    return ExitCode.DONE.number();
  }
}
