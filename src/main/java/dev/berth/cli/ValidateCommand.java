package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.cli.terminal.ExitCode;
import dev.berth.cli.terminal.Failure;
import dev.berth.event.Printable;
import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Header;
import dev.berth.event.RawRecord.Position;
import dev.berth.event.incoming.Decoder;
import dev.berth.event.incoming.Incoming;
import dev.berth.event.incoming.Incoming.Hints;
import dev.berth.event.incoming.Incoming.Invalid;
import dev.berth.event.incoming.Incoming.Refused;
import dev.berth.tenant.condition.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code berth validate}: says of files what Berth would say of them as records. Asks nobody. */
@Command(
    name = "validate",
    description = {
      "Checks tenant events as Berth does when it reads them, without a cluster.",
      "A file is a CloudEvent in structured form; with --type, its data alone."
    })
@SuppressWarnings("NullAway.Init")
final class ValidateCommand implements Callable<Integer> {

  private static final String TOPIC = "tenant.events";
  private static final String SOURCE = "/validate";
  private static final List<Header> STRUCTURED =
      List.of(header("content-type", "application/cloudevents+json"));

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*")
  private List<Path> files;

  @Option(
      names = "--type",
      description = "The type of the data, such as dev.berth.tenant.created.v1.")
  private @Nullable String type;

  @Option(
      names = "--tenant",
      defaultValue = "example",
      description = "The tenant that the data are of (${DEFAULT-VALUE}).")
  private String tenant;

  @Override
  public Integer call() {
    boolean all = true;
    for (Path file : files) {
      Optional<Refusal> refusal = refusal(file);
      refusal.ifPresentOrElse(
          why -> tell(file, why), () -> spec.commandLine().getOut().println(file + ": valid"));
      all &= refusal.isEmpty();
    }
    return (all ? ExitCode.DONE : ExitCode.FAILED).number();
  }

  private void tell(Path file, Refusal refusal) {
    var err = spec.commandLine().getErr();
    err.println("%s: %s: %s".formatted(file, refusal.reason(), Printable.of(refusal.message())));
    refusal
        .errors()
        .forEach(fault ->
            err.println(
                "  %s: %s".formatted(Printable.of(fault.pointer()), Printable.of(fault.detail()))));
  }

  private Optional<Refusal> refusal(Path file) {
    return switch (decoded(read(file), type == null ? STRUCTURED : binary(type))) {
      case Refused refused -> Optional.of(refused.refusal());
      case Invalid invalid -> Optional.of(invalid.refusal());
      case Incoming.Request request -> Optional.empty();
    };
  }

  /** Whoever may write is known to Berth's configuration only. */
  private Incoming decoded(byte[] value, List<Header> headers) {
    Hints claims = new Decoder(Map.of()).decode(record(value, headers, tenant)).claims();
    String source = claims.source() == null ? SOURCE : claims.source();
    String key = claims.tenant() == null ? tenant : claims.tenant();
    return new Decoder(Map.of(TOPIC, Set.of(source))).decode(record(value, headers, key));
  }

  private List<Header> binary(String type) {
    return List.of(
        header("ce_specversion", "1.0"),
        header("ce_id", "validate"),
        header("ce_source", SOURCE),
        header("ce_type", type),
        header("ce_subject", tenant));
  }

  private static RawRecord record(byte[] value, List<Header> headers, String key) {
    Position nowhere = new Position(TOPIC, 0, 0);
    return new RawRecord(nowhere, Instant.EPOCH, key.getBytes(UTF_8), headers, value);
  }

  private static Header header(String name, String value) {
    return new Header(name, value.getBytes(UTF_8));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, "%s cannot be read: %s".formatted(file, e));
    }
  }
}
