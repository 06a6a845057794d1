package dev.berth.store.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The records that were refused, with headers and payload up to the size cap. */
@ApplicationScoped
public class Refusals {

  private static final String ADD =
      """
      INSERT INTO refused (id, topic, "partition", "offset", sha256, claimed_source, claimed_id, reason, headers,
                           payload)
      VALUES (:id, :topic, :partition, :offset, :sha256, :source, :claimed, :reason, :headers, :payload)
          ON CONFLICT (topic, "partition", "offset", sha256) DO NOTHING
      """;

  private final Session session;

  Refusals(Session session) {
    this.session = session;
  }

  public record RefusedRecord(
      UUID id,
      Inbox.Position position,
      String sha256,
      @Nullable String claimedSource,
      @Nullable String claimedId,
      String reason,
      String headers,
      byte @Nullable [] payload) {}

  /** True if this record was not known as refused before. */
  public boolean add(RefusedRecord refused) {
    return session
            .createNativeMutationQuery(ADD)
            .setParameter("id", refused.id())
            .setParameter("topic", refused.position().topic())
            .setParameter("partition", refused.position().partition())
            .setParameter("offset", refused.position().offset())
            .setParameter("sha256", refused.sha256())
            .setParameter("source", refused.claimedSource(), String.class)
            .setParameter("claimed", refused.claimedId(), String.class)
            .setParameter("reason", refused.reason())
            .setParameter("headers", refused.headers())
            .setParameter("payload", refused.payload(), byte[].class)
            .executeUpdate()
        == 1;
  }
}
