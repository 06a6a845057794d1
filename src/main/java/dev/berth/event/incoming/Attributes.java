package dev.berth.event.incoming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.berth.event.Printable;
import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Header;
import dev.berth.event.Sha256;
import dev.berth.event.incoming.Incoming.Hints;
import dev.berth.event.incoming.NearMiss.Form;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.rw.CloudEventRWException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a record says of itself, by the names of CloudEvents; unproven until {@link #check}. */
final class Attributes {

  static final List<String> REQUIRED = List.of("specversion", "id", "source", "type", "subject");

  private final Map<String, String> byName = new HashMap<>();
  private final Set<String> seen = new TreeSet<>();
  private Form form = Form.HEADER;

  /** Those of binary mode; malformed UTF-8 becomes U+FFFD. */
  static Attributes ofHeaders(List<Header> headers) {
    Attributes attributes = new Attributes();
    for (Header header : headers) {
      byte[] value = header.value();
      if (value != null) {
        attributes.see(header.name());
      }
      if (value != null && header.name().startsWith("ce_")) {
        attributes.put(header.name().substring(3), new String(value, UTF_8));
      }
    }
    return attributes;
  }

  void put(String name, String value) {
    byName.putIfAbsent(name, value);
  }

  /** Forgets the headers: the attributes are members of the value. */
  void standInTheValue() {
    byName.clear();
    seen.clear();
    form = Form.MEMBER;
  }

  /** A name that is there, whatever stands under it. */
  void see(String name) {
    seen.add(name);
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  /** The header that was probably meant for that one. */
  Optional<String> like(String header) {
    return NearMiss.like(header, seen);
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
        throw EventReader.notCloudEvent(NearMiss.missing(name, form, seen));
      }
    }
    String version = required("specversion");
    if (!version.equals("1.0")) {
      throw EventReader.notCloudEvent(
          "specversion is %s, it must be 1.0, without quotation marks"
              .formatted(Printable.of(version, 100)));
    }
    for (Map.Entry<String, String> attribute : byName.entrySet()) {
      EventReader.check(attribute.getKey(), attribute.getValue());
    }
    checkSyntax();
  }

  /** The SDK knows the syntax of URIs. */
  private void checkSyntax() throws Unacceptable {
    Timestamp.read("time", get("time"));
    for (Map.Entry<String, String> attribute : byName.entrySet()) {
      String name = attribute.getKey();
      if (!name.equals("specversion") && !name.equals("time")) {
        checkSyntax(name, attribute.getValue());
      }
    }
  }

  private static void checkSyntax(String name, String value) throws Unacceptable {
    try {
      CloudEventBuilder.v1().withContextAttribute(name, value);
    } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
      throw EventReader.notCloudEvent(
          "attribute %s is %s, which CloudEvents does not allow"
              .formatted(name, Printable.of(value)));
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
