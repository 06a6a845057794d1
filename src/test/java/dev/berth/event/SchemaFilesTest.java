package dev.berth.event;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schemas say only what the validators of all languages read alike. */
class SchemaFilesTest {

  private static final Path SCHEMAS =
      Path.of("src/main/resources/META-INF/resources/contract/schemas");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Set<String> KEYWORDS =
      Set.of(
          """
          $schema $id $ref $defs $comment title description
          type enum const required properties additionalProperties propertyNames maxProperties
          items minItems maxItems minimum maximum minLength maxLength pattern format
          not allOf anyOf if then else
          """
              .split("\\s+"));

  /** Members whose own members have names of the author's. */
  private static final Set<String> NAMED = Set.of("properties", "$defs");

  /**
   * No look-around, no classes by name or property, no dot, no escapes but of single characters:
   * these differ or are missing somewhere.
   */
  private static final Pattern COMMON =
      Pattern.compile(
          """
          (?x)(?: [\\^$|)]
                | \\((?!\\?)
                | [?*+](?![?+])
                | \\{[0-9]+(?:,[0-9]+)?}
                | [A-Za-z0-9:@_-]
                | \\\\x[0-9a-f]{2} | \\\\n
                | \\[\\^?(?:[^\\[\\]\\\\&~|] | \\\\x[0-9a-f]{2})+\\] )+
          """);

  @ParameterizedTest
  @MethodSource("files")
  void aSchemaSaysItsDraftAndItsName(Path file) throws IOException {
    JsonNode schema = read(file);
    assertThat(schema.path("$schema").asText())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(schema.path("$id").asText())
        .isEqualTo("https://berth.dev/contract/schemas/" + file.getFileName());
  }

  @ParameterizedTest
  @MethodSource("files")
  void aSchemaHasNoKeywordThatAStrictValidatorRefuses(Path file) throws IOException {
    assertThat(subschemas(read(file)).flatMap(it -> it.propertyStream().map(Map.Entry::getKey)))
        .isSubsetOf(KEYWORDS);
  }

  @ParameterizedTest
  @MethodSource("files")
  void aPatternIsReadAlikeByAllLanguages(Path file) throws IOException {
    assertThat(subschemas(read(file)).filter(it -> it.has("pattern")))
        .extracting(it -> it.get("pattern").textValue())
        .allMatch(COMMON.asMatchPredicate());
  }

  @Test
  void whatIsNotCommonIsFound() {
    assertThat(Stream.of("\\p{C}", "(?!x)", "a.b", "\\d", "\\u200b", "a*?", "[[:alpha:]]", "\\Z"))
        .noneMatch(COMMON.asMatchPredicate());
  }

  /** Their list is in the schema, so that it does not depend on who reads it, or with which JDK. */
  @Test
  void theInvisibleCharactersAreThoseOfUnicode() throws IOException {
    Pattern invisible = Pattern.compile(definition("withInvisibleCharacters"));
    IntPredicate found = it -> invisible.matcher(Character.toString(it)).find();
    IntPredicate told = it -> isInvisible(Character.getType(it));
    IntPredicate unassigned = it -> Character.getType(it) == Character.UNASSIGNED;
    assertThat(codePoints(told.and(found.negate()))).isEmpty();
    assertThat(codePoints(found.and(told.or(unassigned).negate()))).isEmpty();
  }

  @Test
  void theSpacesAreThoseOfUnicode() throws IOException {
    Pattern space = Pattern.compile(definition("withSpaceAtAnEnd"));
    assertThat(codePoints(it -> space.matcher(Character.toString(it)).find()))
        .isEqualTo(codePoints(it -> Character.getType(it) == Character.SPACE_SEPARATOR));
  }

  private static boolean isInvisible(int type) {
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.PRIVATE_USE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static Set<Integer> codePoints(IntPredicate which) {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(it -> Character.getType(it) != Character.SURROGATE && which.test(it))
        .boxed()
        .collect(toSet());
  }

  private static String definition(String name) throws IOException {
    return read(SCHEMAS.resolve("dev.berth.tenant.created.v1.json"))
        .path("$defs")
        .path(name)
        .path("pattern")
        .textValue();
  }

  private static Stream<JsonNode> subschemas(JsonNode schema) {
    return Stream.concat(
        Stream.of(schema),
        schema
            .propertyStream()
            .flatMap(member ->
                NAMED.contains(member.getKey()) || member.getValue().isArray()
                    ? member.getValue().valueStream()
                    : Stream.of(member.getValue()))
            .filter(JsonNode::isObject)
            .flatMap(SchemaFilesTest::subschemas));
  }

  private static JsonNode read(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(SCHEMAS)) {
      return files.toList().stream();
    }
  }
}
