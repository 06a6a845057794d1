package dev.berth.event.incoming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.berth.event.Printable;
import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Header;
import dev.berth.event.Sha256;
import dev.berth.event.incoming.Incoming.Hints;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.rw.CloudEventRWException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a record says of itself, by the names of CloudEvents; unproven until {@link #check}. */
final class Attributes {

  static final int MAX_LENGTH = 512;

  private static final List<String> REQUIRED =
      List.of("specversion", "id", "source", "type", "subject");

  private final Map<String, String> byName = new HashMap<>();

  /** Those of binary mode; malformed UTF-8 becomes U+FFFD. */
  static Attributes ofHeaders(List<Header> headers) {
    Attributes attributes = new Attributes();
    for (Header header : headers) {
      byte[] value = header.value();
      if (value != null && header.name().startsWith("ce_")) {
        attributes.put(header.name().substring(3), new String(value, UTF_8));
      }
    }
    return attributes;
  }

  void put(String name, String value) {
    byName.putIfAbsent(name, value);
  }

  void clear() {
    byName.clear();
  }

  @Nullable String get(String name) {
    return byName.get(name);
  }

  Stream<String> find(String name) {
    return Stream.ofNullable(get(name));
  }

  /** One of those that {@link #check} found. */
  String required(String name) {
    return requireNonNull(get(name));
  }

  /** Checks them as CloudEvents 1.0 has them. */
  void check() throws Unacceptable {
    for (String name : REQUIRED) {
      if (get(name) == null) {
        throw EventReader.notCloudEvent("attribute %s is missing".formatted(name));
      }
    }
    if (!required("specversion").equals("1.0")) {
      throw EventReader.notCloudEvent("specversion is not 1.0");
    }
    for (Map.Entry<String, String> attribute : byName.entrySet()) {
      check(attribute.getKey(), attribute.getValue());
    }
    checkSyntax();
  }

  private static void check(String name, String value) throws Unacceptable {
    if (List.of("id", "source", "correlationid").contains(name)) {
      Gate.atMost(name, value.length(), MAX_LENGTH, "characters");
    }
    if (!Printable.is(value)) {
      throw EventReader.notCloudEvent(
          "attribute %s contains control or invisible characters, or malformed UTF-8"
              .formatted(Printable.of(name)));
    }
    // An empty subject is judged as a tenant id.
    if (value.isEmpty() && REQUIRED.contains(name) && !name.equals("subject")) {
      throw EventReader.notCloudEvent("attribute %s is empty".formatted(name));
    }
  }

  /** The SDK knows the syntax of names, URIs and times. */
  private void checkSyntax() throws Unacceptable {
    var builder = CloudEventBuilder.v1();
    try {
      byName.forEach((name, value) -> {
        if (!name.equals("specversion")) {
          builder.withContextAttribute(name, value);
        }
      });
      builder.build();
    } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
      throw EventReader.notCloudEvent(
          "the attributes are not those of a CloudEvent: " + Printable.of("" + e.getMessage()));
    }
  }

  /** For a record that may have passed no check at all. */
  Hints claims(RawRecord raw) {
    byte[] value = raw.value();
    byte[] keyBytes = raw.key();
    String key = keyBytes == null ? null : new String(keyBytes, UTF_8);
    String tenant = find("subject").findFirst().orElse(key);
    return new Hints(
        Sha256.of(value == null ? new byte[0] : value),
        Printable.ofNullable(key),
        Printable.ofNullable(get("source")),
        Printable.ofNullable(get("id")),
        Printable.ofNullable(get("type")),
        tenant == null || tenant.isBlank() || !Printable.is(tenant) ? null : Printable.of(tenant));
  }
}
