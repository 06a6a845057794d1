package dev.berth.event.outgoing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.event.RawRecord;
import dev.berth.event.incoming.Incoming.Hints;
import dev.berth.event.incoming.Incoming.Refusal;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tenants and refused records to CloudEvents of binary mode. */
public final class StatusEvents {

  public static final String STATE = "dev.berth.tenant.state.v1";
  public static final String REFUSED = "dev.berth.record.refused.v1";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String cluster;
  private final Supplier<UUID> ids;

  public StatusEvents(String cluster) {
    this(cluster, UUID::randomUUID);
  }

  public StatusEvents(String cluster, Supplier<UUID> ids) {
    this.cluster = cluster;
    this.ids = ids;
  }

  /** The public view of a tenant, JSON: the data of every status event. */
  public byte[] data(Tenant tenant, Reason reason, String message) {
    return bytes(TenantView.of(tenant, cluster, reason, message));
  }

  /** A step, for the lifecycle topic. */
  public OutgoingEvent step(StepType type, Tenant tenant, byte[] data, Cause cause, Instant time) {
    return event(type.type(), tenant.id().value(), tenant.id().value(), data, cause, time);
  }

  /** The snapshot of a step, for the compacted topic. */
  public OutgoingEvent state(Tenant tenant, byte[] data, Cause cause, Instant time) {
    return event(STATE, tenant.id().value(), tenant.id().value(), data, cause, time);
  }

  /** A record that was refused, without its payload, for the quarantine topic. */
  public OutgoingEvent refused(RawRecord raw, Hints claims, Refusal refusal, Instant time) {
    String id = orHash(claims.id(), claims);
    return event(
        REFUSED,
        orHash(claims.tenant(), claims),
        orHash(claims.key(), claims),
        bytes(report(raw, claims, refusal)),
        new Cause(id, id, null),
        time);
  }

  private static String orHash(@Nullable String claim, Hints claims) {
    return claim == null || claim.isBlank() ? claims.sha256() : claim;
  }

  private static ObjectNode report(RawRecord raw, Hints claims, Refusal refusal) {
    ObjectNode report =
        JsonNodeFactory.instance
            .objectNode()
            .put("topic", raw.topic())
            .put("partition", raw.partition())
            .put("offset", raw.offset())
            .put("sha256", claims.sha256())
            .put("claimedSource", claims.source())
            .put("claimedId", claims.id())
            .put("claimedType", claims.type())
            .put("claimedTenant", claims.tenant())
            .put("reason", refusal.reason().name())
            .put("message", refusal.message());
    var errors = report.putArray("errors");
    refusal
        .errors()
        .forEach(fault ->
            errors
                .addObject()
                .put("pointer", fault.pointer())
                .put("reason", fault.reason().name())
                .put("detail", fault.detail()));
    return report;
  }

  private OutgoingEvent event(
      String type, String key, String subject, byte[] data, Cause cause, Instant time) {
    UUID id = ids.get();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", id.toString());
    headers.put("ce_source", "/berth/" + cluster);
    headers.put("ce_type", type);
    headers.put("ce_subject", subject);
    headers.put("ce_time", time.toString());
    headers.put("ce_partitionkey", key);
    headers.put("ce_correlationid", cause.correlationId());
    headers.put("ce_causationid", cause.causationId());
    if (cause.traceparent() != null) {
      headers.put("traceparent", cause.traceparent());
    }
    headers.put("content-type", "application/json");
    return new OutgoingEvent(id, type, key, headers, data);
  }

  private static byte[] bytes(JsonNode data) {
    try {
      return JSON.writeValueAsBytes(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values could not be written", e);
    }
  }
}
