package dev.berth.event;

import dev.berth.tenant.Cause;
import dev.berth.tenant.Reason;
import dev.berth.tenant.Tenant;
import java.time.Instant;

/** Tenants to status events. */
public final class StatusEvents {

  private final String cluster;

  public StatusEvents(String cluster) {
    this.cluster = cluster;
  }

  /** The public view of a tenant, JSON: the data of every status event. */
  public byte[] data(Tenant tenant, Reason reason, String message) {
    throw new UnsupportedOperationException(cluster);
  }

  /** A step, for the lifecycle topic. */
  public OutgoingEvent step(StepType type, Tenant tenant, byte[] data, Cause cause, Instant time) {
    throw new UnsupportedOperationException(cluster);
  }

  /** The snapshot of a step, for the compacted topic. */
  public OutgoingEvent state(Tenant tenant, byte[] data, Cause cause, Instant time) {
    throw new UnsupportedOperationException(cluster);
  }

  /** A record that was refused, without its payload, for the quarantine topic. */
  public OutgoingEvent refused(
      RawRecord raw, Incoming.Claims claims, Incoming.Refusal refusal, Instant time) {
    throw new UnsupportedOperationException(cluster);
  }
}
