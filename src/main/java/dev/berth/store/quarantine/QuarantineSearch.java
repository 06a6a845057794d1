package dev.berth.store.quarantine;

import dev.berth.store.quarantine.QuarantinedRecord.RecordState;
import dev.berth.store.search.Cursor;
import dev.berth.store.search.TimeText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/** Finds records that were not taken, by what operators ask about them. Reads only. */
@ApplicationScoped
public class QuarantineSearch {

  private static final String COLUMNS =
      """
      SELECT id, topic, "partition", "offset", sha256, claimed_source, claimed_id, claimed_type, claimed_tenant,
             reason, message, NULL AS errors, refused_at, state, verdict, answer, action, acted_at
        FROM refused\
      """;

  private static final String OPEN_BY_REASON =
      """
      SELECT reason, count(*) AS records, min(refused_at) AS oldest
        FROM refused WHERE state = 'open' GROUP BY reason ORDER BY min(refused_at), reason
      """;

  private final Session session;

  QuarantineSearch(Session session) {
    this.session = session;
  }

  /** Where a record is in the order of their times. */
  public record Mark(Instant refusedAt, UUID id) {

    /** The cursor of the page that begins behind it. */
    public String cursor(QuarantineFilter filter) {
      return Cursor.of(filter, refusedAt + " " + id);
    }

    /** Empty = no position in a cursor is like this. */
    public static Optional<Mark> parse(String position) {
      String[] parts = position.split(" ", 2);
      try {
        UUID id = UUID.fromString(parts[1]);
        return TimeText.parse(parts[0]).map(at -> new Mark(at, id));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        return Optional.empty();
      }
    }

    /** Whether the record comes later in that order. */
    public boolean isBefore(QuarantinedRecord record) {
      int later = record.refusedAt().compareTo(refusedAt);
      // Ids as PostgreSQL orders them, which UUID does not.
      return later > 0 || (later == 0 && record.id().toString().compareTo(id.toString()) > 0);
    }

    public static Mark of(QuarantinedRecord record) {
      return new Mark(record.refusedAt(), record.id());
    }
  }

  /**
   * Some records, without their errors.
   *
   * @param last where the next page begins; null = this is the last one
   */
  public record QuarantinePage(List<QuarantinedRecord> records, @Nullable Mark last) {}

  /**
   * At most {@code limit} of them, newest first.
   *
   * @param after the last one of the page before; null = from the newest
   */
  @Transactional
  public QuarantinePage newest(QuarantineFilter filter, @Nullable Mark after, int limit) {
    return page(filter, after, limit, "<", " ORDER BY refused_at DESC, id DESC");
  }

  /** At most {@code limit} of those that are open, oldest first. */
  @Transactional
  public QuarantinePage oldestOpen(QuarantineFilter filter, @Nullable Mark after, int limit) {
    return page(filter.in(RecordState.OPEN), after, limit, ">", " ORDER BY refused_at, id");
  }

  /** How many are open behind that one. */
  @Transactional
  public long countOpen(QuarantineFilter filter, @Nullable Mark after) {
    QuarantineFilter open = filter.in(RecordState.OPEN);
    String sql = "SELECT count(*) FROM refused" + open.conditions() + behind(after, ">");
    return query(sql, Long.class, open, after).getSingleResult();
  }

  /** By the clock that records are given their times by. */
  @Transactional
  public Instant now() {
    return session.createNativeQuery("SELECT clock_timestamp()", Instant.class).getSingleResult();
  }

  /** Open records that were not taken for the same reason, maybe one of a newer version. */
  public record OpenReason(String reason, long records, Instant oldest) {}

  /** What waits for somebody to take care of it, the longest first. */
  @Transactional
  public List<OpenReason> openByReason() {
    return session.createNativeQuery(OPEN_BY_REASON, OpenReason.class).getResultList();
  }

  private QuarantinePage page(
      QuarantineFilter filter, @Nullable Mark after, int limit, String behind, String order) {
    String sql = COLUMNS + filter.conditions() + behind(after, behind) + order;
    // One more tells whether there is another page.
    List<QuarantinedRecord> found =
        query(sql, Tuple.class, filter, after)
            .setMaxResults(limit + 1)
            .getResultStream()
            .map(QuarantineRow::record)
            .toList();
    boolean more = found.size() > limit;
    List<QuarantinedRecord> page = more ? found.subList(0, limit) : found;
    return new QuarantinePage(page, more ? Mark.of(page.getLast()) : null);
  }

  private static String behind(@Nullable Mark after, String comparison) {
    return after == null ? "" : " AND (refused_at, id) " + comparison + " (:time, :id)";
  }

  private <T> NativeQuery<T> query(
      String sql, Class<T> type, QuarantineFilter filter, @Nullable Mark after) {
    Map<String, Object> parameters = new HashMap<>(filter.parameters());
    if (after != null) {
      parameters.put("time", after.refusedAt());
      parameters.put("id", after.id());
    }
    NativeQuery<T> query = session.createNativeQuery(sql, type);
    parameters.forEach(query::setParameter);
    return query;
  }
}
