package dev.berth.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.event.incoming.DataSchemas;
import dev.berth.event.incoming.Decoder;
import dev.berth.event.incoming.Incoming;
import dev.berth.event.incoming.Incoming.Invalid;
import dev.berth.event.incoming.Incoming.Request;
import dev.berth.event.incoming.InputType;
import dev.berth.event.incoming.StrictJson;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.nodepool.PoolPhase;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The published examples: a folder per event type, {@code ok-*.json} and {@code
 * bad-<reason>-*.json}.
 */
public class ContractTest {

  private static final Path CONTRACT = Path.of("src/main/resources/META-INF/resources/contract");

  private final Decoder decoder = new Decoder(Map.of(Records.TOPIC, Set.of(Records.SOURCE)));

  @ParameterizedTest
  @MethodSource("examples")
  void theSchemaAndTheDecoderJudgeAnExampleAlike(Path file) throws Exception {
    String type = file.getParent().getFileName().toString();
    String json = Files.readString(file);
    DataSchemas schemas = new DataSchemas(Stream.of(type));

    List<Fault> faults = schemas.faults(type, StrictJson.parse(json));

    String name = file.getFileName().toString();
    if (name.startsWith("ok-")) {
      assertThat(faults).isEmpty();
    } else {
      Reason reason = Reason.valueOf(name.split("-")[1]);
      assertThat(faults).extracting(Fault::reason).contains(reason);
      assertThat(faults).extracting(Fault::detail).allMatch(it -> it.matches("(must be|is) .*"));
    }
    if (InputType.of(type).isPresent()) {
      decodes(type, json, name);
    }
  }

  private void decodes(String type, String json, String name) {
    Incoming incoming = decoder.decode(Records.of("acme", type, json).raw());
    if (name.startsWith("ok-")) {
      assertThat(incoming).isInstanceOf(Request.class);
    } else {
      assertThat(incoming)
          .isInstanceOfSatisfying(
              Invalid.class,
              it -> assertThat(it.refusal().reason()).hasToString(name.split("-")[1]));
    }
  }

  @Test
  void everyTypeHasASchemaAndExamples() throws IOException {
    Set<String> types =
        Stream.of(
                InputType.SUPPORTED.stream().map(InputType::type),
                Stream.of(StatusEvents.STATE, StatusEvents.REFUSED),
                Stream.of(PoolPhase.values()).map(StatusEvents::type))
            .flatMap(some -> some)
            .collect(toSet());
    assertThat(names(CONTRACT.resolve("examples"))).isEqualTo(types);
    assertThat(names(CONTRACT.resolve("schemas")))
        .isEqualTo(types.stream().map(type -> type + ".json").collect(toSet()));
  }

  @Test
  void everyExampleSaysWhetherItIsGood() throws IOException {
    assertThat(examples()).hasSizeGreaterThan(30);
    assertThat(examples().map(file -> file.getFileName().toString()))
        .allMatch(
            name -> name.matches("ok-[a-z0-9-]+\\.json|bad-[A-Z][A-Za-z]+-[a-z0-9-]+\\.json"));
  }

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(CONTRACT.resolve("examples"))) {
      return files.filter(Files::isRegularFile).toList().stream();
    }
  }

  public static String example(String type, String name) throws IOException {
    return Files.readString(
        CONTRACT.resolve("examples").resolve(type).resolve(name + ".json"), UTF_8);
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(toSet());
    }
  }
}
