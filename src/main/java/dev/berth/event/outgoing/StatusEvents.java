package dev.berth.event.outgoing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.event.RawRecord;
import dev.berth.event.incoming.Incoming.Hints;
import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolPhase;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tenants, node pools and refused records to CloudEvents of binary mode. */
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
    return event(type.type(), Addressee.of(tenant), data, cause, time);
  }

  /** The snapshot of a step, for the compacted topic. */
  public OutgoingEvent state(Tenant tenant, byte[] data, Cause cause, Instant time) {
    return event(STATE, Addressee.of(tenant), data, cause, time);
  }

  /** A step of a node pool, for a topic of their own. */
  public OutgoingEvent step(NodePool pool, Instant time) {
    String name = pool.name().value();
    Cause cause = new Cause(name, name, null);
    return event(type(pool.phase()), new Addressee(name, name), data(pool), cause, time);
  }

  /** The CloudEvents type of a node pool's steps into that phase. */
  public static String type(PoolPhase phase) {
    return "dev.berth.node-pool." + phase.name().toLowerCase(Locale.ROOT) + ".v1";
  }

  /** The public view of a node pool, JSON. */
  public byte[] data(NodePool pool) {
    return bytes(NodePoolView.of(pool, cluster));
  }

  /** A record that was refused, without its payload, for the quarantine topic. */
  public OutgoingEvent refused(RawRecord raw, Hints claims, Refusal refusal, Instant time) {
    String id = orHash(claims.id(), claims);
    Cause cause = new Cause(id, id, null);
    var to = new Addressee(orHash(claims.tenant(), claims), orHash(claims.key(), claims));
    return event(REFUSED, to, bytes(report(raw, claims, refusal)), cause, time);
  }

  private static String orHash(@Nullable String claim, Hints claims) {
    return claim == null || claim.isBlank() ? claims.sha256() : claim;
  }

  private static ObjectNode report(RawRecord raw, Hints claims, Refusal refusal) {
    ObjectNode report =
        JsonNodeFactory.instance
            .objectNode()
            .put("topic", raw.topic())
            .put("partition", raw.position().partition())
            .put("offset", raw.position().offset())
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

  private OutgoingEvent event(String type, Addressee to, byte[] data, Cause cause, Instant time) {
    UUID id = ids.get();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", id.toString());
    headers.put("ce_source", "/berth/" + cluster);
    headers.put("ce_type", type);
    headers.put("ce_subject", to.subject());
    headers.put("ce_time", time.toString());
    headers.put("ce_partitionkey", to.key());
    headers.put("ce_correlationid", cause.correlationId());
    headers.put("ce_causationid", cause.causationId());
    if (cause.traceparent() != null) {
      headers.put("ce_traceparent", cause.traceparent());
      headers.put("traceparent", cause.traceparent());
    }
    headers.put("content-type", "application/json");
    return new OutgoingEvent(id, type, to.key(), headers, data);
  }

  /** What an event is about, and the key that keeps it in order with others. */
  private record Addressee(String key, String subject) {

    static Addressee of(Tenant tenant) {
      return new Addressee(tenant.id().value(), tenant.id().value());
    }
  }

  private static byte[] bytes(JsonNode data) {
    try {
      return JSON.writeValueAsBytes(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values could not be written", e);
    }
  }
}
