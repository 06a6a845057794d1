package dev.berth.store.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.store.quarantine.QuarantineFilter.Provenance;
import dev.berth.store.quarantine.QuarantineSearch.Mark;
import dev.berth.store.quarantine.QuarantinedRecord.RecordState;
import dev.berth.tenant.condition.Reason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pages of the quarantine, and that they cost the same however much it holds. */
@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class QuarantineSearchTest {

  private static final QuarantineFilter ALL = filter(Set.of(), null, null, null);

  private final QuarantineSearch search;
  private final Refusals refusals;
  private final Settlements settlements;
  private final DataSource dataSource;

  QuarantineSearchTest(
      QuarantineSearch search, Refusals refusals, Settlements settlements, DataSource dataSource) {
    this.search = search;
    this.refusals = refusals;
    this.settlements = settlements;
    this.dataSource = dataSource;
  }

  @BeforeEach
  void emptyTables() throws Exception {
    Sql.empty(dataSource);
  }

  @Test
  void everyRecordIsOnOnePageNewestFirst() throws Exception {
    for (int i = 0; i < 7; i++) {
      add("/s" + i, "t", Reason.NoKey);
    }
    // Given: some of the same time
    Sql.run(
        dataSource, "UPDATE refused SET refused_at = now() - (\"offset\" / 3) * interval '1 h'");

    List<UUID> seen = new ArrayList<>();
    Mark after = null;
    do {
      QuarantineSearch.QuarantinePage page = search.newest(ALL, after, 3);
      page.records().forEach(record -> seen.add(record.id()));
      after = page.last();
    } while (after != null);

    assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    assertThat(search.newest(ALL, null, 7).records())
        .isSortedAccordingTo((a, b) -> b.refusedAt().compareTo(a.refusedAt()))
        .extracting(QuarantinedRecord::id)
        .isEqualTo(seen);
    assertThat(search.oldestOpen(ALL, null, 7).records())
        .extracting(QuarantinedRecord::id)
        .isEqualTo(seen.reversed());
  }

  @Test
  void filtersNarrowByAllThatIsSet() throws Exception {
    add("/a", "acme", Reason.NoKey);
    add("/a", "umbrella", Reason.InvalidData);
    add("/b", "acme", Reason.InvalidData);
    Instant now = Instant.now();

    assertThat(sources(filter(Set.of(Reason.InvalidData), null, null, null)))
        .containsExactly("/b", "/a");
    assertThat(sources(filter(Set.of(Reason.InvalidData, Reason.NoKey), "/a", null, null)))
        .hasSize(2);
    assertThat(sources(filter(Set.of(), "/a", "acme", null))).containsExactly("/a");
    assertThat(sources(filter(Set.of(), null, "acme", null))).containsExactly("/b", "/a");
    assertThat(
            search
                .newest(
                    new QuarantineFilter(
                        Set.of(), new Provenance(null, null, "other"), null, null, null),
                    null,
                    9)
                .records())
        .isEmpty();
    Sql.run(
        dataSource,
        "UPDATE refused SET refused_at = now() - interval '1 day' WHERE reason = 'NoKey'");
    assertThat(
            search
                .newest(
                    new QuarantineFilter(
                        Set.of(), QuarantineFilter.ANY, now.minusSeconds(3600), null, null),
                    null,
                    9)
                .records())
        .hasSize(2);
  }

  @Test
  void aRecordIsKnownOnceAndSettledOnce() throws Exception {
    Refusals.RefusedRecord refused = Refused.of("/a", "acme", Reason.InvalidData);
    assertThat(QuarkusTransaction.requiringNew().call(() -> refusals.add(refused))).isTrue();
    assertThat(QuarkusTransaction.requiringNew().call(() -> refusals.add(refused))).isFalse();
    UUID id = search.newest(ALL, null, 1).records().getFirst().id();
    UUID action = UUID.randomUUID();

    assertThat(settle(id, RecordState.OPEN, "REFUSED", action)).isTrue();
    assertThat(settle(id, RecordState.REPLAYED, "APPLIED", action)).isTrue();
    assertThat(settle(id, RecordState.DISCARDED, null, UUID.randomUUID())).isFalse();

    Letter letter = settlements.find(id).orElseThrow();
    assertThat(letter.record().fate())
        .extracting("state", "verdict", "answer", "action")
        .containsExactly(RecordState.REPLAYED, "APPLIED", "so", action);
    assertThat(letter.record().why().errors())
        .singleElement()
        .extracting("pointer", "reason")
        .containsExactly("/sandboxes", "InvalidData");
    assertThat(letter.key()).containsExactly('k');
    assertThat(letter.sentAt()).isEqualTo(Refused.SENT);
    assertThat(sources(filter(Set.of(), null, null, RecordState.OPEN))).isEmpty();
    assertThat(sources(filter(Set.of(), null, null, RecordState.REPLAYED))).containsExactly("/a");
    assertThat(search.countOpen(ALL, null)).isZero();
  }

  /** The record that no filter of the others finds is the oldest of very many. */
  @Test
  void noListReadsMoreThanItShows() throws Exception {
    Sql.patiently(
        dataSource,
        """
        INSERT INTO refused (id, topic, "partition", "offset", sha256, claimed_source, claimed_tenant, reason, message,
                             headers, state, refused_at)
        SELECT gen_random_uuid(), CASE WHEN n = 1 THEN 'rare' ELSE 'tenant.events' END, n % 12, n, md5(CAST(n AS text)),
               CASE WHEN n = 1 THEN '/rare' ELSE '/s' || n % 3 END, CASE WHEN n = 1 THEN 'rare' ELSE 't' || n % 900 END,
               CASE WHEN n = 1 THEN 'NoValue' ELSE 'InvalidData' END, 'why', '',
               CASE n WHEN 1 THEN 'open' WHEN 2 THEN 'discarded' ELSE 'replayed' END,
               now() - (60000 - n) * interval '1 s'
          FROM generate_series(1, 60000) n
        """);
    Sql.patiently(dataSource, "ANALYZE refused");

    assertThat(
            Stream.of(
                ALL,
                filter(Set.of(Reason.NoValue), null, null, null),
                filter(Set.of(Reason.InvalidData), null, null, null),
                filter(Set.of(), "/rare", null, null),
                filter(Set.of(), null, "rare", null),
                filter(Set.of(), null, null, RecordState.OPEN),
                filter(Set.of(Reason.NoValue), null, null, RecordState.OPEN),
                filter(Set.of(), null, null, RecordState.DISCARDED),
                new QuarantineFilter(
                    Set.of(), new Provenance(null, null, "rare"), null, null, null)))
        .allSatisfy(filter -> assertThat(rowsRead(filter)).as("%s", filter).isLessThan(200));
    Sql.run(dataSource, "TRUNCATE refused");
  }

  /** Of all nodes of the plan, those that were thrown away included. */
  private long rowsRead(QuarantineFilter filter) throws Exception {
    String sql =
        "EXPLAIN (ANALYZE, FORMAT TEXT) SELECT * FROM refused"
            + filter.conditions()
            + " ORDER BY refused_at DESC, id DESC LIMIT 51";
    long rows = 0;
    for (var parameter : filter.parameters().entrySet()) {
      String value =
          parameter.getValue() instanceof List<?> list
              ? "('" + list.getFirst() + "')"
              : "'" + parameter.getValue() + "'";
      sql =
          sql.replace("(:" + parameter.getKey() + ")", value)
              .replace(":" + parameter.getKey(), value);
    }
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet plan = statement.executeQuery(sql)) {
      while (plan.next()) {
        rows += number(plan.getString(1), "Rows Removed by Filter: (\\d+)");
        rows += number(plan.getString(1), "actual.* rows=(\\d+)");
      }
    }
    return rows;
  }

  private static long number(String line, String pattern) {
    var found = java.util.regex.Pattern.compile(pattern).matcher(line);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  private boolean settle(UUID id, RecordState state, @Nullable String verdict, UUID action) {
    return QuarkusTransaction.requiringNew()
        .call(() -> settlements.settle(id, new Settlements.Handling(state, verdict, "so", action)));
  }

  private void add(String source, String tenant, Reason reason) {
    QuarkusTransaction.requiringNew().run(() -> refusals.add(Refused.of(source, tenant, reason)));
  }

  private List<String> sources(QuarantineFilter filter) {
    return search.newest(filter, null, 100).records().stream()
        .map(record -> record.claims().source())
        .toList();
  }

  private static QuarantineFilter filter(
      Set<Reason> reasons,
      @Nullable String source,
      @Nullable String tenant,
      @Nullable RecordState state) {
    return new QuarantineFilter(reasons, new Provenance(source, tenant, null), null, null, state);
  }
}
