package dev.berth.store.quarantine;

import dev.berth.store.Json;
import dev.berth.store.inbox.KeptRecord;
import dev.berth.store.quarantine.QuarantinedRecord.RecordClaims;
import dev.berth.tenant.condition.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Keeps the records that are not taken, with headers and payload up to the size cap. */
@ApplicationScoped
public class Refusals {

  private static final String ADD =
      """
      INSERT INTO refused (id, topic, "partition", "offset", sha256, claimed_source, claimed_id, claimed_type,
                           claimed_tenant, reason, message, errors, headers, payload, key, sent_at)
      VALUES (:id, :topic, :partition, :offset, :sha256, :source, :claimed, :type,
              :tenant, :reason, :message, CAST(:errors AS json), :headers, :payload, :key, :sent)
          ON CONFLICT (topic, "partition", "offset", sha256) DO NOTHING
      """;

  private final Session session;

  Refusals(Session session) {
    this.session = session;
  }

  /**
   * A record that is not taken.
   *
   * @param sha256 of the value's bytes
   */
  public record RefusedRecord(
      KeptRecord kept, Sent sent, String sha256, RecordClaims claims, Refusal refusal) {}

  /**
   * What only the broker's envelope of a record tells.
   *
   * @param at the broker's time of it
   */
  public record Sent(byte @Nullable [] key, Instant at) {}

  /** True if this record was not known as refused before. */
  public boolean add(RefusedRecord refused) {
    KeptRecord kept = refused.kept();
    RecordClaims claims = refused.claims();
    Refusal refusal = refused.refusal();
    return session
            .createNativeMutationQuery(ADD)
            .setParameter("id", UUID.randomUUID())
            .setParameter("topic", kept.topic())
            .setParameter("partition", kept.partition())
            .setParameter("offset", kept.offset())
            .setParameter("sha256", refused.sha256())
            .setParameter("source", claims.source(), String.class)
            .setParameter("claimed", claims.id(), String.class)
            .setParameter("type", claims.type(), String.class)
            .setParameter("tenant", claims.tenant(), String.class)
            .setParameter("reason", refusal.reason().name())
            .setParameter("message", refusal.message())
            .setParameter("errors", Json.write(refusal.errors()))
            .setParameter("headers", kept.headers())
            .setParameter("payload", kept.payload(), byte[].class)
            .setParameter("key", refused.sent().key(), byte[].class)
            .setParameter("sent", refused.sent().at())
            .executeUpdate()
        == 1;
  }
}
