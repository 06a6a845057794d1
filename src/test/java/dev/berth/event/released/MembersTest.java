package dev.berth.event.released;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.event.incoming.InputType;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.event.outgoing.StepType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Schemas are open, so a member that they do not name passes every validator: here what a real run
 * said and what the examples say has exactly the members that the schemas name.
 */
class MembersTest {

  private static final Path CONTRACT =
      Path.of(System.getProperty("basedir", ""))
          .resolve("src/main/resources/META-INF/resources/contract");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SchemaFolder schemas = new SchemaFolder(CONTRACT.resolve("schemas"));

  /** One line of the dialogue, or an example. */
  private record Said(String schema, JsonNode data) {}

  @Test
  void whatIsSaidHasNoMemberThatTheSchemaDoesNotName() throws IOException {
    assertThat(said())
        .allSatisfy(
            it -> assertThat(membersOf(it.data())).isSubsetOf(named("", schemas.of(it.schema()))));
  }

  @Test
  void everyMemberOfWhatBerthPublishesIsSaidSomewhere() throws IOException {
    Map<String, List<Said>> bySchema = said().stream().collect(groupingBy(Said::schema));
    assertThat(schemas.types())
        .filteredOn(type -> InputType.of(type).isEmpty())
        .allSatisfy(type -> {
          Set<String> members = new TreeSet<>();
          bySchema.get(type).forEach(it -> members.addAll(membersOf(it.data())));
          assertThat(members).as(type).containsAll(named("", schemas.of(type)));
        });
  }

  @Test
  void theDialogueHasEveryKindOfTopicAndNoTypeThatTheCodeDoesNotKnow() throws IOException {
    assertThat(dialogue())
        .extracting(line -> line.path("topic").asText())
        .contains("tenant.events", "tenant.lifecycle", "tenant.state", "tenant.quarantine");
    assertThat(dialogue())
        .allSatisfy(line -> {
          String type = line.at("/headers/ce_type").asText();
          assertThat(line.path("topic").asText())
              .isEqualTo(
                  switch (type) {
                    case StatusEvents.STATE -> "tenant.state";
                    case StatusEvents.REFUSED -> "tenant.quarantine";
                    default -> isStep(type) ? "tenant.lifecycle" : "tenant.events";
                  });
          assertThat(isStep(type) || schemas.types().contains(type)).as(type).isTrue();
        });
  }

  private static boolean isStep(String type) {
    return Stream.of(StepType.values()).anyMatch(step -> step.type().equals(type));
  }

  private List<Said> said() throws IOException {
    try (Stream<Path> examples = Files.walk(CONTRACT.resolve("examples"))) {
      return Stream.concat(
              examples
                  .filter(file -> file.getFileName().toString().startsWith("ok-"))
                  .filter(file -> !file.endsWith("ok-unknown-fields.json"))
                  .map(file -> new Said(file.getParent().getFileName().toString(), read(file))),
              dialogue().stream()
                  .map(line ->
                      new Said(schema(line.at("/headers/ce_type").asText()), line.path("value"))))
          .toList();
    }
  }

  private static String schema(String type) {
    return isStep(type) && InputType.of(type).isEmpty() ? StatusEvents.STATE : type;
  }

  /** Pointers of all members; of maps the name of the map. */
  private static Set<String> named(String at, JsonNode schema) {
    Set<String> all = new TreeSet<>();
    schema
        .path("properties")
        .properties()
        .forEach(member -> {
          String here = at + "/" + member.getKey();
          all.add(here);
          all.addAll(named(here, member.getValue()));
          all.addAll(named(here + "/*", member.getValue().path("items")));
        });
    return all;
  }

  private static Set<String> membersOf(JsonNode data) {
    Set<String> all = new TreeSet<>();
    collect("", data, all);
    return all;
  }

  private static void collect(String at, JsonNode data, Set<String> all) {
    data.properties()
        .forEach(member -> {
          String here = at + "/" + member.getKey();
          all.add(here);
          JsonNode value = member.getValue();
          if (value.isArray()) {
            value.forEach(item -> collect(here + "/*", item, all));
          } else if (!member.getKey().equals("labels")) { // whose names are the tenant's
            collect(here, value, all);
          }
        });
  }

  private static List<JsonNode> dialogue() throws IOException {
    return Files.readAllLines(CONTRACT.resolve("dialogue.jsonl")).stream()
        .map(MembersTest::parse)
        .toList();
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }
}
