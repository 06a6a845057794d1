package dev.berth.store.outbox;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;

/** What was added to the outbox lately, for those who follow it. Reads only. */
@ApplicationScoped
public class OutboxTail {

  private static final String AFTER =
      """
      SELECT seen.aggregateid, seen.agg_seq AS after, next.agg_seq, next.payload
        FROM unnest(CAST(:aggregates AS text[]), CAST(:sequences AS bigint[])) AS seen (aggregateid, agg_seq)
       CROSS JOIN LATERAL (
         SELECT agg_seq, payload FROM outbox
          WHERE topic = :topic AND aggregateid = seen.aggregateid AND agg_seq > seen.agg_seq
          ORDER BY agg_seq LIMIT :each) next
       ORDER BY next.agg_seq
      """;

  private static final String LATEST =
      """
      SELECT max(agg_seq) FROM outbox WHERE topic = :topic AND aggregateid = :aggregate
      """;

  private static final String SINCE =
      """
      SELECT turn AS number, aggregateid AS aggregate FROM outbox
       WHERE turn > :turn AND topic = :topic ORDER BY turn LIMIT :limit
      """;

  private static final String LATEST_TURN =
      """
      SELECT coalesce(max(turn), 0) FROM outbox
      """;

  private final Session session;

  OutboxTail(Session session) {
    this.session = session;
  }

  /** How far somebody followed an aggregate. */
  public record Followed(String aggregate, long sequence) {}

  /** A message of an aggregate. */
  public record Step(long sequence, byte[] payload) {}

  /** When a message was added: higher is later, though it may be seen before a lower one. */
  public record Added(long number, String aggregate) {}

  /** The sequence of the latest message that is kept of an aggregate; empty = none is. */
  @Transactional
  public Optional<Long> latest(String topic, String aggregate) {
    return session
        .createNativeQuery(LATEST, Long.class)
        .setParameter("topic", topic)
        .setParameter("aggregate", aggregate)
        .uniqueResultOptional();
  }

  /** At most {@code each} of the messages that came after, in their order. */
  @Transactional
  public Map<Followed, List<Step>> after(String topic, Collection<Followed> seen, int each) {
    return session
        .createNativeQuery(AFTER, Tuple.class)
        .setParameter("aggregates", seen.stream().map(Followed::aggregate).toArray(String[]::new))
        .setParameter("sequences", seen.stream().map(Followed::sequence).toArray(Long[]::new))
        .setParameter("topic", topic)
        .setParameter("each", each)
        .getResultStream()
        .collect(groupingBy(OutboxTail::seen, mapping(OutboxTail::step, toList())));
  }

  private static Followed seen(Tuple row) {
    return new Followed(row.get("aggregateid", String.class), row.get("after", Long.class));
  }

  private static Step step(Tuple row) {
    return new Step(row.get("agg_seq", Long.class), row.get("payload", byte[].class));
  }

  /** At most {@code limit} of those that were added after a turn. */
  @Transactional
  public List<Added> since(long turn, String topic, int limit) {
    return session
        .createNativeQuery(SINCE, Added.class)
        .setParameter("turn", turn)
        .setParameter("topic", topic)
        .setParameter("limit", limit)
        .getResultList();
  }

  @Transactional
  public long latestTurn() {
    return session.createNativeQuery(LATEST_TURN, Long.class).getSingleResult();
  }
}
