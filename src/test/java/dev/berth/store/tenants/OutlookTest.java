package dev.berth.store.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.process.Progress;
import dev.berth.store.Samples;
import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** G4, G13: whom a change concerns is in the rows, so that nobody is passed over. */
@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class OutlookTest {

  private static final Outlook BEFORE = new Outlook("sound", "sound, two nodes");
  private static final Outlook MORE_NODES = new Outlook("sound", "sound, three nodes");
  private static final Outlook LOST = new Outlook("lost", "lost, two nodes");
  private static final Duration LATER = Duration.ofHours(1);

  @Inject Tenants tenants;
  @Inject DataSource dataSource;

  @BeforeEach
  void emptyTables() throws Exception {
    Sql.empty(dataSource);
  }

  @Test
  void anOpenTenantIsDueWhenItsGuaranteesAreOthersAndForNothingElse() {
    looked(Samples.ready(Samples.tenant("acme")), BEFORE);

    assertThat(makeDue(BEFORE)).isZero();
    assertThat(makeDue(MORE_NODES)).isZero();
    assertThat(makeDue(LOST)).isEqualTo(1);
    assertThat(makeDue(LOST)).as("it is due already").isZero();
    assertThat(claim(LOST)).hasSize(1);
  }

  @Test
  void aTenantThatIsHeldBackIsDueWhateverChanges() throws Exception {
    for (String phase : List.of("BLOCKED", "FAILED", "DEGRADED", "WAITLISTED")) {
      looked(Samples.tenant("acme"), BEFORE);
      phase(phase);

      assertThat(makeDue(BEFORE)).as(phase).isZero();
      assertThat(makeDue(MORE_NODES)).as(phase).isEqualTo(1);
    }
  }

  @Test
  void everyPhaseIsConcernedButThoseThatHaveEnded() throws Exception {
    for (String phase :
        List.of("ACCEPTED", "PROVISIONING", "UPDATING", "OFFBOARDING", "DEPROVISIONING")) {
      looked(Samples.tenant("acme"), BEFORE);
      phase(phase);
      assertThat(makeDue(LOST)).as(phase).isEqualTo(1);
    }
    for (String phase : List.of("OFFBOARDED", "REJECTED")) {
      looked(Samples.tenant("acme"), BEFORE);
      phase(phase);
      assertThat(makeDue(LOST)).as(phase).isZero();
    }
  }

  @Test
  void aTenantThatIsWorkedOnIsDueAgainAfterwardsUnlessThatIsWhatItIsWorkedOnWith() {
    save(Samples.ready(Samples.tenant("acme")));
    Claim claim = claim(BEFORE).getFirst();
    assertThat(makeDue(LOST)).isEqualTo(1);
    record(claim, LATER);

    Claim again = claim(LOST).getFirst();
    assertThat(makeDue(LOST)).isZero();
    record(again, LATER);
    assertThat(claim(LOST)).isEmpty();
  }

  @Test
  void oneWhoseLeaseHasEndedWhileItIsStillWorkedOnIsDueAgainToo() {
    save(Samples.ready(Samples.tenant("acme")));
    Claim late =
        QuarkusTransaction.requiringNew()
            .call(() -> tenants.claimDue("slow", 1, Duration.ofMillis(-1), BEFORE))
            .getFirst();
    assertThat(makeDue(LOST)).isEqualTo(1);

    record(late, LATER);

    assertThat(claim(LOST)).hasSize(1);
  }

  @Test
  void whoIsHeldByAnotherTransactionIsDueOnceItIsFree() throws Exception {
    looked(Samples.ready(Samples.tenant("acme")), BEFORE);
    looked(Samples.ready(Samples.tenant("other")), BEFORE);
    try (Connection holder = dataSource.getConnection()) {
      holder.setAutoCommit(false);
      holder.createStatement().execute("SELECT 1 FROM tenant WHERE tenant_id = 'acme' FOR UPDATE");

      assertThat(makeDue(LOST)).as("nobody waits, the others are due").isEqualTo(1);
      holder.rollback();
    }
    assertThat(makeDue(LOST)).isEqualTo(1);
  }

  @Test
  void aReplicaThatKnewLessIsNotTheLastWord() {
    looked(Samples.ready(Samples.tenant("acme")), BEFORE);
    makeDue(LOST);

    Claim stale = claim(BEFORE).getFirst();
    record(stale, LATER);

    assertThat(makeDue(LOST)).isEqualTo(1);
  }

  @Test
  void tenThousandAreMadeDueInShortTransactions() throws Exception {
    looked(Samples.ready(Samples.tenant("acme")), BEFORE);
    Sql.patiently(
        dataSource,
        """
        INSERT INTO tenant (tenant_id, incarnation, revision, desired, generation, phase, conditions, observed_generation,
                            granted, attempt, status_seq, next_run_at, seen_guarantees, seen_everything)
        SELECT 't' || i, incarnation, revision, desired, generation, phase, conditions, observed_generation,
               granted, attempt, status_seq, next_run_at, seen_guarantees, seen_everything
          FROM tenant, generate_series(1, 9999) i
        """);
    long settled = System.nanoTime();
    assertThat(makeDue(BEFORE)).isZero();
    long begun = System.nanoTime();
    long longest = 0;
    int made = 0;
    int batch;
    do {
      long one = System.nanoTime();
      batch = makeDue(LOST);
      longest = Math.max(longest, System.nanoTime() - one);
      made += batch;
    } while (batch > 0);
    Progress.toConsole()
        .say(
            "10,000 tenants made due in %d ms, the longest transaction %d ms; a look that finds nobody %d ms"
                .formatted(
                    (System.nanoTime() - begun) / 1_000_000,
                    longest / 1_000_000,
                    (begun - settled) / 1_000_000));
    assertThat(made).isEqualTo(10_000);
  }

  /** The tenant was last looked at with this, and rests. */
  private void looked(Tenant tenant, Outlook with) {
    save(tenant);
    claim(with).forEach(claim -> record(claim, LATER));
  }

  private void phase(String phase) throws Exception {
    Sql.run(dataSource, "UPDATE tenant SET phase = '" + phase + "'");
  }

  private int makeDue(Outlook now) {
    return QuarkusTransaction.requiringNew().call(() -> tenants.makeOutdatedDue(now, 500));
  }

  private List<Claim> claim(Outlook with) {
    return QuarkusTransaction.requiringNew()
        .call(() -> tenants.claimDue("worker", 100, Duration.ofMinutes(5), with));
  }

  private void save(Tenant tenant) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.lock(tenant.id());
          tenants.save(tenant);
        });
  }

  private void record(Claim claim, @Nullable Duration next) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          Tenant now = tenants.lock(claim).orElseThrow();
          tenants.record(claim, now, new Tenants.Findings(Map.of(), Map.of(), Set.of()), next);
        });
  }
}
