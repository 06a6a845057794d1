package dev.berth.store.inbox;

import dev.berth.tenant.condition.Reason;
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
      KeptRecord kept,
      String sha256,
      @Nullable String claimedSource,
      @Nullable String claimedId,
      Reason reason) {}

  /** True if this record was not known as refused before. */
  public boolean add(RefusedRecord refused) {
    return session
            .createNativeMutationQuery(ADD)
            .setParameter("id", UUID.randomUUID())
            .setParameter("topic", refused.kept().topic())
            .setParameter("partition", refused.kept().partition())
            .setParameter("offset", refused.kept().offset())
            .setParameter("sha256", refused.sha256())
            .setParameter("source", refused.claimedSource(), String.class)
            .setParameter("claimed", refused.claimedId(), String.class)
            .setParameter("reason", refused.reason().name())
            .setParameter("headers", refused.kept().headers())
            .setParameter("payload", refused.kept().payload(), byte[].class)
            .executeUpdate()
        == 1;
  }
}
