package dev.berth.event.incoming;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.event.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.regex.Pattern;

/**
 * JSON as RFC 8259 has it, and nothing else: UTF-8 without faults or a BOM, each key once, no NUL,
 * no half surrogate pair, nothing after the value, and of bounded depth.
 */
public final class StrictJson {

  static final int MAX_DEPTH = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  // Names of others must not stay in the JVM's table of strings.
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // Numbers stay as written: 3.0 is not 3, and nothing is rounded.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .build();

  private static final Pattern ABOUT_ITSELF =
      Pattern.compile(
          ", from `[^`]*`|: enable `.*| \\(not recognized as .*| \\(for \\w+ starting at .*");

  private StrictJson() {}

  /** Why some bytes are not strict JSON. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  public static String text(byte[] bytes) throws Malformed {
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("it is not UTF-8");
    }
    if (text.startsWith("\uFEFF")) {
      throw new Malformed("it begins with a byte order mark");
    }
    return text;
  }

  public static JsonNode parse(String text) throws Malformed {
    JsonNode tree;
    try {
      tree = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new Malformed("a number has an exponent that is out of range");
    }
    if (tree.isMissingNode()) {
      throw new Malformed("it is empty");
    }
    checkTexts(tree);
    return tree;
  }

  static Malformed malformed(JsonProcessingException e) {
    var at = e.getLocation();
    String where =
        at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
    return new Malformed(Printable.of(words(e), 200) + where);
  }

  /** The parser's words without those about itself: its classes and settings. */
  private static String words(JsonProcessingException e) {
    if (e instanceof MismatchedInputException) {
      return "text follows the value";
    }
    String words = ABOUT_ITSELF.matcher(e.getOriginalMessage()).replaceAll("");
    return words.contains("`") || words.contains("Feature") ? "it is not JSON" : words;
  }

  /**
   * The same bytes for two texts that say the same: keys sorted, no white space. Malformed ones are
   * returned as they are.
   */
  static byte[] canonical(byte[] json) {
    try {
      return MAPPER.writeValueAsBytes(parse(text(json)));
    } catch (Malformed e) {
      return json;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a parsed tree could not be written", e);
    }
  }

  private static void checkTexts(JsonNode node) throws Malformed {
    if (node.isTextual()) {
      checkText(node.textValue());
    }
    for (var member : node.properties()) {
      checkText(member.getKey());
    }
    for (JsonNode child : node) {
      checkTexts(child);
    }
  }

  private static void checkText(String text) throws Malformed {
    if (text.indexOf('\0') >= 0) {
      throw new Malformed("a string contains NUL");
    }
    if (!UTF_8.newEncoder().canEncode(text)) {
      throw new Malformed("a string contains half a surrogate pair");
    }
  }
}
