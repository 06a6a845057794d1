package dev.berth.event.released;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.berth.event.Records;
import dev.berth.event.incoming.DataSchemas;
import dev.berth.event.incoming.Decoder;
import dev.berth.event.incoming.Incoming.Request;
import dev.berth.event.incoming.InputType;
import dev.berth.event.incoming.StrictJson;
import dev.berth.event.released.SchemaBreaks.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody who keeps to a released contract is broken by the present one; else it needs a v2. */
class ReleasedContractTest {

  private static final Path PROJECT = Path.of(System.getProperty("basedir", ""));
  private static final Path RELEASED = PROJECT.resolve("src/test/resources/contract/released");
  private static final Path NOW = PROJECT.resolve("src/main/resources/META-INF/resources/contract");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SchemaFolder now = new SchemaFolder(NOW.resolve("schemas"));

  @ParameterizedTest
  @MethodSource("releases")
  void noPromiseOfASchemaIsBroken(Path release) {
    SchemaFolder released = new SchemaFolder(release.resolve("schemas"));
    assertThat(now.types()).containsAll(released.types());
    assertThat(released.types())
        .isNotEmpty()
        .allSatisfy(type ->
            assertThat(SchemaBreaks.between(released.of(type), now.of(type), direction(type)))
                .as("%s breaks %s", type, release.getFileName())
                .isEmpty());
  }

  @ParameterizedTest
  @MethodSource("releases")
  void whatAProducerSentIsStillTaken(Path release) throws IOException {
    Decoder decoder = new Decoder(Map.of(Records.TOPIC, Set.of(Records.SOURCE)));
    assertThat(examples(release).filter(file -> direction(type(file)) == Direction.INPUT))
        .isNotEmpty()
        .allSatisfy(file -> {
          String data = Files.readString(file);
          var schemas = new DataSchemas(Stream.of(type(file)));
          assertThat(schemas.faults(type(file), StrictJson.parse(data))).isEmpty();
          assertThat(decoder.decode(Records.of("acme", type(file), data).raw()))
              .isInstanceOf(Request.class);
        });
  }

  @ParameterizedTest
  @MethodSource("releases")
  void whatBerthPublishesNowIsWhatAConsumerExpected(Path release) throws IOException {
    SchemaFolder released = new SchemaFolder(release.resolve("schemas"));
    assertThat(
            examples(NOW)
                .filter(file -> direction(type(file)) == Direction.OUTPUT)
                .filter(file -> released.types().contains(type(file))))
        .isNotEmpty()
        .allSatisfy(file ->
            assertThat(asRead(released.of(type(file))).validate(JSON.readTree(file.toFile())))
                .as("%s", file)
                .isEmpty());
  }

  /** What is planted in the present schema of a type, and how it is called. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          created.v1  | /required/-                     | "cluster"      | cluster is required
          created.v1  | /properties/labels              |                | /labels is gone
          created.v1  | /properties/plan/pattern        | "^[a-z]+$"     | /plan: pattern
          created.v1  | /properties/plan/maxLength      | 9              | /plan: maxLength
          created.v1  | /properties/displayName/type    | "string"       | /displayName: type
          created.v1  | /properties/displayName/minLength | 2            | /displayName: minLength
          created.v1  | /properties/owners/maxItems     | 99             | /owners: maxItems
          created.v1  | /properties/generation/minimum  | 2              | /generation: minimum
          created.v1  | /properties/cluster/enum        | ["a"]          | /cluster: enum
          created.v1  | /additionalProperties           | false          | no further members
          created.v1  | /not                            | {"required": ["viewers"]} | : not takes
          offboarding-requested.v1 | /properties/deletionPolicy/enum | ["Delete", null] | enum
          offboarding-requested.v1 | /properties/graceUntil/format   | "time"           | format
          state.v1    | /properties/attempt             |                | /attempt is gone
          state.v1    | /required/0                     | "since"        | tenantId is required
          state.v1    | /properties/message/type        | ["string", "null"] | /message: type
          state.v1    | /properties/phase/pattern       | "^[A-Za-z]+$"  | /phase: pattern
          state.v1    | /properties/generation/minimum  |                | /generation: minimum
          state.v1    | /properties/conditions/items/properties/status |  | /status is gone
          """)
  void aBreakIsFound(String type, String at, String json, String told) throws IOException {
    String name = "dev.berth.tenant." + type;
    JsonNode broken = now.of(name).deepCopy();
    plant((ObjectNode) broken, at, json);

    assertThat(SchemaBreaks.between(now.of(name), broken, direction(name)))
        .anySatisfy(found -> assertThat(found).contains(told));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          created.v1 | /properties/region | {"type": "string"}
          created.v1 | /properties/owners/maxItems | 200
          state.v1   | /properties/room   | {"type": "integer"}
          state.v1   | /required/-        | "since"
          state.v1   | /properties/conditions/items/properties/status/enum | ["True", "False", "Unknown", "Maybe"]
          """)
  void anAdditionIsNoBreak(String type, String at, String json) throws IOException {
    String name = "dev.berth.tenant." + type;
    JsonNode more = now.of(name).deepCopy();
    plant((ObjectNode) more, at, json);

    assertThat(more).isNotEqualTo(now.of(name));
    assertThat(SchemaBreaks.between(now.of(name), more, direction(name))).isEmpty();
  }

  private static void plant(ObjectNode schema, String at, String json) throws IOException {
    int end = at.lastIndexOf('/');
    String member = at.substring(end + 1);
    JsonNode parent = schema.at(at.substring(0, end));
    if (parent instanceof ObjectNode object) {
      JsonNode before = json == null ? object.remove(member) : null;
      assertThat(json != null || before != null).as("nothing at " + at).isTrue();
      if (json != null) {
        object.set(member, JSON.readTree(json));
      }
    } else if (member.equals("-")) {
      ((ArrayNode) parent).add(JSON.readTree(json));
    } else {
      ((ArrayNode) parent).set(Integer.parseInt(member), JSON.readTree(json));
    }
  }

  /** By who passes over values that are new. */
  private static Schema asRead(JsonNode schema) {
    JsonNode open = schema.deepCopy();
    open.findParents("enum").forEach(it -> ((ObjectNode) it).remove("enum"));
    return SchemaRegistry.withDialect(Dialects.getDraft202012(), builder -> {})
        .getSchema(SchemaLocation.of("https://berth.dev/released"), open);
  }

  private static Direction direction(String type) {
    return InputType.of(type).isPresent() ? Direction.INPUT : Direction.OUTPUT;
  }

  private static String type(Path example) {
    return example.getParent().getFileName().toString();
  }

  private static Stream<Path> examples(Path contract) throws IOException {
    try (Stream<Path> files = Files.walk(contract.resolve("examples"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("ok-"))
          .toList()
          .stream();
    }
  }

  static List<Path> releases() {
    try (Stream<Path> folders = Files.list(RELEASED)) {
      return folders.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
