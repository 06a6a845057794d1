package dev.berth.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.event.RawRecord.Header;
import dev.berth.event.RawRecord.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records as a control plane sends them, good until a test changes something. */
public final class Records {

  public static final String TOPIC = "tenant.events";
  public static final String SOURCE = "/control-plane";
  public static final String CREATED = "dev.berth.tenant.created.v1";
  public static final String SNAPSHOT =
      """
      {"generation": 3, "plan": "team", "displayName": "Acme GmbH",
       "owners": [{"kind": "Group", "name": "5b1c-object-id"}], "viewers": [],
       "labels": {"cost-center": "4711"}, "sandboxes": 8, "cluster": "local"}
      """;

  private final List<Header> headers = new ArrayList<>();
  private byte @Nullable [] key;
  private byte @Nullable [] value;

  private Records() {}

  public static Records good() {
    return of("acme", CREATED, SNAPSHOT);
  }

  public static Records of(String tenant, String type, String data) {
    return new Records()
        .key(tenant)
        .value(data)
        .header("ce_specversion", "1.0")
        .header("ce_id", "id-1")
        .header("ce_source", SOURCE)
        .header("ce_type", type)
        .header("ce_subject", tenant)
        .header("content-type", "application/json");
  }

  public static Records structured(String json) {
    return new Records()
        .key("acme")
        .value(json)
        .header("content-type", "application/cloudevents+json; charset=UTF-8");
  }

  public static String envelope(String data) {
    return """
    {"specversion": "1.0", "id": "id-1", "source": "/control-plane", "subject": "acme",
     "type": "dev.berth.tenant.created.v1", "data": %s, "datacontenttype": "application/json"}
    """
        .formatted(data);
  }

  public Records key(@Nullable String text) {
    this.key = text == null ? null : text.getBytes(UTF_8);
    return this;
  }

  public Records value(@Nullable String text) {
    return bytes(text == null ? null : text.getBytes(UTF_8));
  }

  public Records bytes(byte @Nullable [] bytes) {
    this.value = bytes;
    return this;
  }

  public Records header(String name, String text) {
    return header(name, text.getBytes(UTF_8));
  }

  public Records header(String name, byte @Nullable [] bytes) {
    headers.add(new Header(name, bytes));
    return this;
  }

  public Records without(String name) {
    headers.removeIf(header -> header.name().equals(name));
    return this;
  }

  /** In the place of the one of that name. */
  public Records set(String name, String text) {
    return without(name).header(name, text);
  }

  /** The good snapshot with a text in it replaced. */
  public Records replacing(String old, String by) {
    if (!SNAPSHOT.contains(old)) {
      throw new IllegalArgumentException(old);
    }
    return value(SNAPSHOT.replace(old, by));
  }

  public RawRecord raw() {
    return new RawRecord(
        new Position(TOPIC, 4, 88123), Instant.parse("2026-11-24T18:00:00Z"), key, headers, value);
  }

  /** One that was sent just now, for those that are kept by where they lay. */
  public RawRecord rawAt(long offset) {
    return new RawRecord(new Position(TOPIC, 0, offset), Instant.now(), key, headers, value);
  }
}
