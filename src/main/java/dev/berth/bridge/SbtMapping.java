package dev.berth.bridge;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.bridge.SbtAnswers.Asker;
import dev.berth.bridge.SbtRequest.Errand;
import dev.berth.event.Printable;
import dev.berth.event.RawRecord;
import dev.berth.event.incoming.StrictJson;
import dev.berth.messaging.Parcel;
import dev.berth.tenant.TenantId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Requests of SBT to events of Berth. Total: a record that asks for nothing that Berth understands
 * goes on as it is, under a type that says why, so that it is refused and kept; where it can be
 * answered, it is. The same record becomes the same bytes each time it is read. Pure.
 */
final class SbtMapping {

  /** What the events of the bridge have as {@code source}. */
  static final String SOURCE = "/bridge/sbt";

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final int LONGEST = 253;
  private static final Pattern MEMBER = Pattern.compile("\\{(\\w+)}");

  private final String topic;
  private final List<String> owners;
  private final Map<String, String> plans;
  private final SbtAnswers answers;

  /**
   * A mapping to events on one topic.
   *
   * @param owners templates of {@code Kind:name}
   * @param plans by tier
   */
  SbtMapping(String topic, List<String> owners, Map<String, String> plans, SbtAnswers answers) {
    this.topic = topic;
    this.owners = List.copyOf(owners);
    this.plans = Map.copyOf(plans);
    this.answers = answers;
  }

  /** Why a record cannot be mapped. */
  private static final class Unmapped extends Exception {
    private static final long serialVersionUID = 1L;
    private final String why;

    Unmapped(String why) {
      super(why, null, false, false);
      this.why = why;
    }
  }

  List<Parcel> map(RawRecord raw) {
    JsonNode event = MissingNode.getInstance();
    try {
      event = json(raw);
      return List.of(mapped(event));
    } catch (Unmapped e) {
      return Stream.concat(Stream.of(unmapped(raw, event, e.why)), failure(raw, event, e.why))
          .toList();
    }
  }

  private static JsonNode json(RawRecord raw) throws Unmapped {
    byte[] value = raw.value();
    if (value == null) {
      throw new Unmapped("there is no value");
    }
    try {
      return StrictJson.parse(StrictJson.text(value));
    } catch (StrictJson.Malformed e) {
      throw new Unmapped("it is not JSON: " + e.getMessage());
    }
  }

  private Parcel mapped(JsonNode event) throws Unmapped {
    SbtRequest request =
        SbtRequest.of(text(event, "/detail-type"), text(event, "/id"))
            .orElseThrow(() ->
                new Unmapped("/detail-type is neither onboardingRequest nor offboardingRequest"));
    TenantId tenant =
        TenantId.parse(text(event, "/detail/tenantId"))
            .orElseThrow(() -> new Unmapped("/detail/tenantId: " + TenantId.RULE));
    Instant time = time(text(event, "/time"));
    Map<String, String> headers =
        headers(request.eventId(), request.errand().type().type(), tenant.value());
    headers.put("ce_correlationid", text(event, "/detail/tenantRegistrationId"));
    headers.put("ce_time", time.toString());
    ObjectNode data = instance.objectNode().put("generation", generation(request.errand(), time));
    if (request.errand() == Errand.ONBOARDING) {
      addSnapshot(data, event);
    } else {
      data.put("reason", "asked for by the control plane");
    }
    return new Parcel(topic, tenant.value(), headers, data.toString().getBytes(UTF_8));
  }

  private void addSnapshot(ObjectNode data, JsonNode event) throws Unmapped {
    String tier = text(event, "/detail/tier");
    data.put("plan", plans.getOrDefault(tier, tier));
    JsonNode name = event.at("/detail/tenantName");
    if (name.isTextual()) {
      data.set("displayName", name);
    }
    ArrayNode subjects = data.putArray("owners");
    for (String owner : owners) {
      String[] parts = filled(owner, event).split(":", 2);
      subjects.addObject().put("kind", parts[0]).put("name", parts[1]);
    }
  }

  private static String filled(String template, JsonNode event) throws Unmapped {
    Matcher member = MEMBER.matcher(template);
    StringBuilder filled = new StringBuilder();
    while (member.find()) {
      String value = text(event, "/detail/" + member.group(1));
      member.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return member.appendTail(filled).toString();
  }

  /** Twice the milliseconds, for EventBridge counts seconds: of one second, leaving is newer. */
  private static long generation(Errand errand, Instant time) {
    return time.toEpochMilli() * 2 + errand.rank();
  }

  /** Java takes more forms than RFC 3339 has, so it is written anew and not passed on. */
  private static Instant time(String text) throws Unmapped {
    try {
      Instant at = OffsetDateTime.parse(text).toInstant();
      if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
        throw new Unmapped("/time is not between %s and %s".formatted(EARLIEST, LATEST));
      }
      return at;
    } catch (DateTimeException e) {
      throw new Unmapped("/time is no time as in RFC 3339");
    }
  }

  private static String text(JsonNode event, String pointer) throws Unmapped {
    JsonNode value = event.at(pointer);
    String text = value.asText();
    if (!value.isTextual() || text.isBlank() || text.length() > LONGEST || !Printable.is(text)) {
      throw new Unmapped(
          "%s is not there, or not a text of at most %d visible characters"
              .formatted(pointer, LONGEST));
    }
    return text;
  }

  private static Map<String, String> headers(String id, String type, String subject) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", id);
    headers.put("ce_source", SOURCE);
    headers.put("ce_type", type);
    headers.put("ce_subject", subject);
    headers.put("content-type", "application/json");
    return headers;
  }

  /** No type of Berth, so it is refused; its id says where it lies. */
  private Parcel unmapped(RawRecord raw, JsonNode event, String why) {
    String what = event.path("detail-type").asText("");
    String type = "%s (not mapped: %s)".formatted(what.isBlank() ? "a record" : what, why);
    String tenant = visible(event.at("/detail/tenantId").asText(""), 100);
    return new Parcel(
        topic, tenant, headers(raw.position().toString(), visible(type, 500), tenant), raw.value());
  }

  /** To whoever waits, if it says who it is. */
  private Stream<Parcel> failure(RawRecord raw, JsonNode event, String why) {
    try {
      String registration = text(event, "/detail/tenantRegistrationId");
      String id = event.path("id").asText(raw.position().toString());
      Asker asker = new Asker(event.at("/detail/tenantId").asText(""), registration);
      return SbtRequest.of(text(event, "/detail-type"), id)
          .map(request -> answers.failure(request, asker, raw.timestamp(), why))
          .stream();
    } catch (Unmapped e) {
      return Stream.empty();
    }
  }

  private static String visible(String text, int most) {
    return Printable.of(text, most).replace('\uFFFD', '?');
  }
}
