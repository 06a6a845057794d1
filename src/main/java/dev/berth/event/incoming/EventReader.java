package dev.berth.event.incoming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.berth.event.Printable;
import dev.berth.event.RawRecord;
import dev.berth.event.incoming.StrictJson.Malformed;
import dev.berth.tenant.Cause;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the CloudEvent, of binary or structured mode, from a record that passed the {@link Gate}.
 */
final class EventReader {

  private static final Pattern TRACEPARENT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  static final String JSON = "application/json";
  static final String CLOUD_EVENT = "application/cloudevents+json";
  private static final String BATCH = "application/cloudevents-batch+json";

  private EventReader() {}

  /**
   * @param attributes those of the headers; in structured mode replaced by those of the value
   */
  static Event read(RawRecord raw, Attributes attributes) throws Unacceptable {
    byte[] data = data(raw, attributes);
    attributes.check();
    return new Event(
        attributes,
        cause(raw, attributes),
        Timestamp.read("expirytime", attributes.get("expirytime")),
        data);
  }

  private static byte[] data(RawRecord raw, Attributes attributes) throws Unacceptable {
    byte[] value = requireNonNull(raw.value());
    String contentType = raw.texts("content-type").findFirst().orElse(null);
    if (contentType == null) {
      NearMiss.checkContentType(raw, attributes);
    }
    return switch (mediaType(contentType == null ? JSON : contentType)) {
      case JSON -> binary(value, contentType, attributes);
      case CLOUD_EVENT -> structured(value, attributes);
      case BATCH ->
          throw notCloudEvent(
              "content-type is %s: send each event as a record of its own".formatted(BATCH));
      default -> throw wrongType("content-type", contentType);
    };
  }

  private static byte[] binary(byte[] value, @Nullable String contentType, Attributes attributes)
      throws Unacceptable {
    if (attributes.isEmpty() && NearMiss.isCloudEvent(value)) {
      throw notCloudEvent(
          "the value is a whole CloudEvent, but %s: send it with content-type: %s"
              .formatted(
                  contentType == null ? "there is no content-type" : "content-type is " + JSON,
                  CLOUD_EVENT));
    }
    return jsonOnly(value, attributes);
  }

  private static byte[] structured(byte[] value, Attributes attributes) throws Unacceptable {
    attributes.standInTheValue();
    try {
      return jsonOnly(StructuredMode.read(value, attributes).getBytes(UTF_8), attributes);
    } catch (Malformed e) {
      throw notCloudEvent("the value is not a CloudEvent in JSON: " + e.getMessage());
    }
  }

  private static byte[] jsonOnly(byte[] data, Attributes attributes) throws Unacceptable {
    String type = attributes.get("datacontenttype");
    if (type != null && !mediaType(type).equals(JSON)) {
      throw wrongType("datacontenttype", type);
    }
    return data;
  }

  private static Unacceptable wrongType(String name, @Nullable String type) {
    return notCloudEvent(
        "%s is '%s', but data are taken as %s only, or the event as a whole with content-type: %s"
            .formatted(name, Printable.of("" + type, 100), JSON, CLOUD_EVENT));
  }

  static String mediaType(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private static Cause cause(RawRecord raw, Attributes attributes) {
    String id = attributes.required("id");
    String correlation = attributes.get("correlationid");
    return new Cause(
        correlation == null || correlation.isEmpty() ? id : correlation,
        id,
        traceparent(Stream.concat(attributes.find("traceparent"), raw.texts("traceparent"))));
  }

  /** A malformed trace context does not make an event refused. */
  private static @Nullable String traceparent(Stream<String> candidates) {
    return candidates.filter(text -> TRACEPARENT.matcher(text).matches()).findFirst().orElse(null);
  }

  /** One attribute, whatever its name. */
  static void check(String name, String value) throws Unacceptable {
    if (List.of("id", "source", "correlationid").contains(name)) {
      Gate.atMost(name, value.length(), Gate.MAX_ATTRIBUTE, "characters");
    }
    if (!name.matches("[a-z0-9]+")) {
      throw notCloudEvent(
          "attribute %s: a name has lower-case letters and digits only, such as correlationid"
              .formatted(Printable.of(name)));
    }
    if (!Printable.is(value)) {
      throw notCloudEvent(
          "attribute %s contains control or invisible characters, or malformed UTF-8"
              .formatted(Printable.of(name)));
    }
    // An empty subject is judged as a tenant id.
    if (value.isEmpty() && Attributes.REQUIRED.contains(name) && !name.equals("subject")) {
      throw notCloudEvent("attribute %s is empty".formatted(name));
    }
  }

  static Unacceptable notCloudEvent(String message) {
    return new Unacceptable(Reason.NotCloudEvent, message);
  }
}
