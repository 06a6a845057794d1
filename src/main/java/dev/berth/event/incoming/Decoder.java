package dev.berth.event.incoming;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.event.Printable;
import dev.berth.event.RawRecord;
import dev.berth.event.Sha256;
import dev.berth.event.incoming.Incoming.Envelope;
import dev.berth.event.incoming.Incoming.Hints;
import dev.berth.event.incoming.Incoming.Invalid;
import dev.berth.event.incoming.Incoming.Refused;
import dev.berth.event.incoming.Incoming.Request;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.Reason;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bytes to what they mean. */
public class Decoder {

  private final Map<String, Set<String>> sourcesByTopic;
  private final RequestReader requests = new RequestReader();

  /**
   * A decoder that takes records only from these sources.
   *
   * @param sourcesByTopic the sources that may write to a topic, compared exactly
   */
  public Decoder(Map<String, Set<String>> sourcesByTopic) {
    this.sourcesByTopic = Map.copyOf(sourcesByTopic);
  }

  /**
   * Total: whatever a producer can send becomes a request or a reason. What is thrown all the same
   * is a fault of Berth, of which the record is not guilty.
   */
  public Incoming decode(RawRecord raw) {
    Attributes attributes = Attributes.ofHeaders(raw.headers());
    try {
      Gate.check(raw);
      return decode(raw, EventReader.read(raw, attributes));
    } catch (Unacceptable e) {
      return new Refused(attributes.claims(raw), e.refusal());
    }
  }

  /** What the headers of a record say of it, for one that was not decoded. */
  public static Hints claims(RawRecord raw) {
    return Attributes.ofHeaders(raw.headers()).claims(raw);
  }

  private Incoming decode(RawRecord raw, Event event) throws Unacceptable {
    checkSource(raw.topic(), event.source());
    checkKey(raw, event.subject(), event.attributes().get("partitionkey"));
    TenantId tenant =
        TenantId.parse(event.subject())
            .orElseThrow(() -> new Unacceptable(Reason.InvalidTenantId, TenantId.RULE));
    InputType type =
        InputType.of(event.type())
            .orElseThrow(() ->
                new Unacceptable(
                    Reason.UnknownType,
                    "type %s is unknown".formatted(Printable.of(event.type()))));
    Envelope envelope =
        new Envelope(
            event.source(),
            event.id(),
            event.type(),
            tenant,
            Sha256.of(event.type(), event.subject(), StrictJson.canonical(event.data())),
            event.cause(),
            event.attributes().claims(raw));
    try {
      return new Request(envelope, requests.read(type, tenant, event.data()), event.expiry());
    } catch (Unacceptable e) {
      return new Invalid(envelope, e.refusal());
    }
  }

  private void checkSource(String topic, String source) throws Unacceptable {
    if (!sourcesByTopic.getOrDefault(topic, Set.of()).contains(source)) {
      throw new Unacceptable(
          Reason.SourceNotAllowed,
          "source %s may not write to topic %s; the configuration of Berth lists the sources that may"
              .formatted(Printable.of(source), topic));
    }
  }

  private static void checkKey(RawRecord raw, String subject, @Nullable String partitionKey)
      throws Unacceptable {
    if (!Arrays.equals(raw.key(), subject.getBytes(UTF_8))) {
      throw new Unacceptable(
          Reason.KeyMismatch, "the record's key differs from subject; both must be the tenant id");
    }
    if (partitionKey != null && !partitionKey.equals(subject)) {
      throw new Unacceptable(
          Reason.KeyMismatch, "partitionkey differs from subject; both must be the tenant id");
    }
  }
}
