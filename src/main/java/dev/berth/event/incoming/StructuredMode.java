package dev.berth.event.incoming;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.berth.event.Printable;
import dev.berth.event.incoming.StrictJson.Malformed;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The JSON format of CloudEvents. The data are only cut out, not looked into: they are judged as in
 * binary mode.
 */
final class StructuredMode {

  /** Deeper than data may be, so that data too deep are refused as data. */
  private static final int MAX_DEPTH = 100_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private StructuredMode() {}

  /** Puts the attributes into {@code attributes}; returns the text of the data, empty if none. */
  static String read(byte[] value, Attributes attributes) throws Malformed {
    String text = StrictJson.text(value);
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Malformed("it is not an object");
      }
      String data = members(text, parser, attributes);
      if (parser.nextToken() != null) {
        throw new Malformed("text follows the object");
      }
      return data;
    } catch (JsonProcessingException e) {
      throw StrictJson.malformed(e);
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory could not be read", e);
    }
  }

  private static String members(String text, JsonParser parser, Attributes attributes)
      throws IOException, Malformed {
    String data = "";
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (!seen.add(name)) {
        throw new Malformed("member " + Printable.of(name) + " appears twice");
      }
      attributes.see(name);
      JsonToken token = parser.nextToken();
      if (name.equals("data")) {
        data = slice(text, parser);
      } else if (name.equals("data_base64")) {
        throw new Malformed("data_base64 is not supported; send the data as JSON");
      } else if (token != JsonToken.VALUE_NULL) {
        attributes.put(name, attribute(name, token, parser));
      }
    }
    return data;
  }

  private static String slice(String text, JsonParser parser) throws IOException {
    int begin = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    parser.finishToken();
    return text.substring(begin, (int) parser.currentLocation().getCharOffset());
  }

  private static String attribute(String name, JsonToken token, JsonParser parser)
      throws IOException, Malformed {
    if (token != JsonToken.VALUE_STRING
        && token != JsonToken.VALUE_NUMBER_INT
        && !token.isBoolean()) {
      throw new Malformed("member " + Printable.of(name) + " is not a string");
    }
    return parser.getText();
  }
}
