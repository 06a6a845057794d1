package dev.berth.provisioning.intake;

import dev.berth.event.RawRecord;
import dev.berth.event.incoming.Incoming;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.provisioning.Announcer;
import dev.berth.store.inbox.Inbox;
import dev.berth.store.inbox.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps records that were not taken, and says so on the quarantine topic, once each. */
@ApplicationScoped
class Quarantine {

  private static final int PAYLOAD_KEPT = 1024 * 1024;

  private final Refusals refusals;
  private final StatusEvents events;
  private final Announcer announcer;
  private final Clock clock;

  Quarantine(Refusals refusals, StatusEvents events, Announcer announcer, Clock clock) {
    this.refusals = refusals;
    this.events = events;
    this.announcer = announcer;
    this.clock = clock;
  }

  /** Puts the record away within the caller's transaction. */
  void put(RawRecord raw, Incoming.Hints claims, Incoming.Refusal refusal) {
    Refusals.RefusedRecord refused =
        new Refusals.RefusedRecord(
            UUID.randomUUID(),
            position(raw),
            claims.sha256(),
            claims.source(),
            claims.id(),
            refusal.reason().name(),
            headers(raw),
            kept(raw.value()));
    if (refusals.add(refused)) {
      String aggregate =
          "%s/%d@%d/%s".formatted(raw.topic(), raw.partition(), raw.offset(), claims.sha256());
      announcer.quarantine(aggregate, events.refused(raw, claims, refusal, clock.instant()));
    }
  }

  static Inbox.Position position(RawRecord raw) {
    return new Inbox.Position(raw.topic(), raw.partition(), raw.offset());
  }

  /** One header a line, values in Base64: they may hold anything. */
  static String headers(RawRecord raw) {
    return raw.headers().stream()
        .map(h ->
            Base64.getEncoder().encodeToString(h.name().getBytes(StandardCharsets.UTF_8))
                + " "
                + encoded(h.value()))
        .limit(1000)
        .collect(Collectors.joining("\n"));
  }

  /** What {@link #headers(RawRecord)} wrote. */
  static List<RawRecord.Header> headers(String lines) {
    return lines
        .lines()
        .map(line -> line.split(" ", -1))
        .map(parts ->
            new RawRecord.Header(
                new String(Base64.getDecoder().decode(parts[0]), StandardCharsets.UTF_8),
                Base64.getDecoder().decode(parts[1])))
        .toList();
  }

  private static String encoded(byte @Nullable [] value) {
    return value == null ? "" : Base64.getEncoder().encodeToString(value);
  }

  private static byte @Nullable [] kept(byte @Nullable [] value) {
    return value == null || value.length <= PAYLOAD_KEPT
        ? value
        : Arrays.copyOf(value, PAYLOAD_KEPT);
  }
}
