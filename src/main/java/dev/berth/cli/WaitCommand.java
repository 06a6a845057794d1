package dev.berth.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.cli.terminal.ExitCode;
import dev.berth.cli.terminal.Server;
import dev.berth.cli.terminal.Server.Waited;
import dev.berth.event.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code berth wait}: until a tenant is in a phase, or somebody must act before it can be. */
@Command(
    name = "wait",
    description = "Waits until a tenant is in a phase; ends at once where somebody must act first.")
@SuppressWarnings("NullAway.Init")
final class WaitCommand implements Callable<Integer> {

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(20);

  @ParentCommand private BerthCommand berth;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ID")
  private String id;

  @Option(
      names = "--for",
      paramLabel = "PHASE",
      defaultValue = "READY",
      description = "(${DEFAULT-VALUE}).")
  private String phase;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "(${DEFAULT-VALUE}).")
  private int seconds;

  @Mixin private Server server;

  @Override
  public Integer call() throws InterruptedException {
    Instant deadline = berth.clock().instant().plusSeconds(seconds);
    String path = BerthCommand.TENANTS + Server.encoded(id);
    while (true) {
      Duration left = Duration.between(berth.clock().instant(), deadline);
      Waited waited = server.await(path, phase, step(left));
      if (waited.end().equals("reached")) {
        spec.commandLine().getOut().println(id + " is " + waited.phase());
        return ExitCode.DONE.number();
      }
      if (waited.end().equals("terminal")) {
        return explained(path, ExitCode.DEAD_END);
      }
      if (!berth.clock().instant().isBefore(deadline)) {
        return explained(path, ExitCode.TOO_LATE);
      }
      TimeUnit.NANOSECONDS.sleep(STEP.toNanos());
    }
  }

  /** Less than an answer is waited for. */
  private static Duration step(Duration left) {
    return Collections.max(List.of(STEP, Collections.min(List.of(left, LONGEST))));
  }

  private int explained(String path, ExitCode code) {
    JsonNode why = server.get(path + "/explain", Map.of());
    why.path("sentences")
        .forEach(sentence -> spec.commandLine().getErr().println(Printable.of(sentence.asText())));
    return code.number();
  }
}
