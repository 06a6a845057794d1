package dev.berth.event.incoming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.berth.event.Printable;
import dev.berth.event.RawRecord;
import dev.berth.event.incoming.StrictJson.Malformed;
import dev.berth.tenant.Cause;
import dev.berth.tenant.condition.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
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
  private static final Pattern RFC_3339 = Pattern.compile("[0-9]{4}-.*");

  private EventReader() {}

  /**
   * @param attributes those of the headers; in structured mode replaced by those of the value
   */
  static Event read(RawRecord raw, Attributes attributes) throws Unacceptable {
    byte[] data = data(raw, attributes);
    attributes.check();
    return new Event(
        attributes, cause(raw, attributes), expiry(attributes.get("expirytime")), data);
  }

  private static byte[] data(RawRecord raw, Attributes attributes) throws Unacceptable {
    byte[] value = requireNonNull(raw.value());
    String contentType = raw.texts("content-type").findFirst().orElse("");
    return switch (mediaType(contentType)) {
      case "application/json" -> value;
      case "application/cloudevents+json" -> structured(value, attributes);
      default ->
          throw notCloudEvent(
              "content-type is '%s'; it must be application/json with ce_ headers, or application/cloudevents+json"
                  .formatted(Printable.of(contentType)));
    };
  }

  private static byte[] structured(byte[] value, Attributes attributes) throws Unacceptable {
    attributes.clear();
    String data;
    try {
      data = StructuredMode.read(value, attributes);
    } catch (Malformed e) {
      throw notCloudEvent("the value is not a CloudEvent in JSON: " + e.getMessage());
    }
    String dataType = attributes.get("datacontenttype");
    if (dataType != null && !mediaType(dataType).equals("application/json")) {
      throw notCloudEvent(
          "datacontenttype is '%s', not application/json".formatted(Printable.of(dataType)));
    }
    return data.getBytes(UTF_8);
  }

  private static String mediaType(String contentType) {
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

  private static @Nullable Instant expiry(@Nullable String time) throws Unacceptable {
    if (time == null) {
      return null;
    }
    try {
      // Java takes years that no database does.
      if (RFC_3339.matcher(time).matches()) {
        return OffsetDateTime.parse(time).toInstant();
      }
    } catch (DateTimeException e) {
      // Told below.
    }
    throw notCloudEvent("expirytime is '%s', not an RFC 3339 time".formatted(Printable.of(time)));
  }

  static Unacceptable notCloudEvent(String message) {
    return new Unacceptable(Reason.NotCloudEvent, message);
  }
}
