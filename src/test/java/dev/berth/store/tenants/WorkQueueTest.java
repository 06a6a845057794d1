package dev.berth.store.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Samples;
import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class WorkQueueTest {

  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Tenants.Findings NOTHING =
      new Tenants.Findings(Map.of(), Map.of(), Set.of());

  private final Tenant acme = Samples.tenant("acme");

  @Inject Tenants tenants;
  @Inject DataSource dataSource;
  @Inject EntityManagerFactory factory;

  @BeforeEach
  void emptyTables() throws Exception {
    Sql.empty(dataSource);
    tenants.awaitDue(Duration.ZERO);
  }

  @Test
  void threeClaimsAtOnceNeverHoldOneTenant() throws Exception {
    for (int i = 0; i < 10; i++) {
      save(Samples.tenant("t" + i));
    }
    List<String> claimed = new ArrayList<>();
    CyclicBarrier together = new CyclicBarrier(3);
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<List<Claim>>> claims = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        claims.add(threads.submit(() -> inTransaction(() -> claimTogether(together))));
      }
      for (Future<List<Claim>> claim : claims) {
        claim.get().forEach(c -> claimed.add(c.tenant().id().value()));
      }
    }
    assertThat(claimed).hasSize(9).doesNotHaveDuplicates();
    assertThat(claim(10)).hasSize(1);
    assertThat(claim(10)).isEmpty();
  }

  /** All three claims have been made before the first of them commits. */
  private List<Claim> claimTogether(CyclicBarrier together) throws Exception {
    List<Claim> claims = tenants.claimDue("worker", 3, LEASE, Samples.OUTLOOK);
    together.await();
    return claims;
  }

  @Test
  void aClaimOfManyTakesAsManyStatementsAsOne() {
    for (int i = 0; i < 20; i++) {
      save(Samples.tenant("t" + i));
    }
    var statistics = factory.unwrap(SessionFactory.class).getStatistics();
    statistics.setStatisticsEnabled(true);
    statistics.clear();
    assertThat(claim(20)).hasSize(20);
    assertThat(statistics.getPrepareStatementCount()).isEqualTo(3);
    statistics.setStatisticsEnabled(false);
  }

  @Test
  void aTenantOfALivingLeaseIsNotClaimed() {
    save(acme);
    claimOf("acme");
    save(Samples.raised(acme));
    assertThat(claim(1)).isEmpty();
  }

  @Test
  void aTenantThatIsDueLaterIsNotClaimed() throws Exception {
    save(acme);
    record(claimOf("acme"), acme, Duration.ofHours(1));
    assertThat(claim(1)).isEmpty();
    assertThat(
            Sql.one(
                dataSource,
                "SELECT next_run_at - now() BETWEEN interval '59 minutes' AND interval '1 hour'"
                    + " AND lease_owner IS NULL AND lease_until IS NULL FROM tenant"))
        .isEqualTo("t");
  }

  @Test
  void aTenantWithoutANextTimeWaitsForAChange() throws Exception {
    save(acme);
    record(claimOf("acme"), acme, null);
    assertThat(Sql.one(dataSource, "SELECT next_run_at FROM tenant")).isNull();
    assertThat(tenants.find(acme.id())).contains(acme);
  }

  @Test
  void aTenantWhoseRevisionWasRaisedIsDueAtOnce() throws Exception {
    save(acme);
    Claim claim = claimOf("acme");
    save(Samples.raised(acme));
    tenants.awaitDue(Duration.ZERO);
    recordLocked(claim, Duration.ofHours(1));
    assertThat(tenants.awaitDue(Duration.ofSeconds(30))).isTrue();
    assertThat(claimOf("acme").tenant().revision()).isEqualTo(2);
  }

  @Test
  void aTenantThatWasMadeDueDuringItsClaimIsDueAtOnce() {
    save(acme);
    Claim claim = claimOf("acme");
    makeDue();
    recordLocked(claim, Duration.ofHours(1));
    assertThat(claim(1)).hasSize(1).noneMatch(Claim::takenOver);
  }

  @Test
  void theTenantOfANamespaceIsMadeDueAndNoOther() throws Exception {
    Tenant other = Samples.tenant("other");
    save(acme);
    save(other);
    claim(2).forEach(claim -> recordLocked(claim, Duration.ofHours(1)));
    tenants.awaitDue(Duration.ZERO);

    makeDue("tenant-acme--jobs");
    makeDue("tenant-berth-canary-kata");

    assertThat(tenants.awaitDue(Duration.ofSeconds(30))).isTrue();
    assertThat(claim(2)).extracting(c -> c.tenant().id()).containsExactly(acme.id());
  }

  @Test
  void anOffboardedTenantRestsWhateverHappensToItsNamespace() throws Exception {
    save(acme);
    recordLocked(claimOf("acme"), null);
    Sql.run(dataSource, "UPDATE tenant SET phase = 'OFFBOARDED'");

    makeDue("tenant-acme");

    assertThat(claim(1)).isEmpty();
  }

  /** L11: what goes along with a namespace is no drift. */
  @Test
  void whatHappensInANamespaceThatLeavesMakesNobodyDue() throws Exception {
    save(acme);
    recordLocked(claimOf("acme"), Duration.ofHours(1));

    assertThat(inTransaction(() -> tenants.makeStayingDue("tenant-other"))).isFalse();
    Sql.run(dataSource, "UPDATE tenant_namespace SET leaving = namespace = 'tenant-acme--jobs'");
    assertThat(inTransaction(() -> tenants.makeStayingDue("tenant-acme--jobs"))).isFalse();
    Sql.run(dataSource, "UPDATE tenant SET phase = 'DEPROVISIONING'");
    assertThat(inTransaction(() -> tenants.makeStayingDue("tenant-acme"))).isFalse();
    assertThat(claim(1)).isEmpty();

    Sql.run(dataSource, "UPDATE tenant SET phase = 'READY'");
    assertThat(inTransaction(() -> tenants.makeStayingDue("tenant-acme"))).isTrue();
    assertThat(claim(1)).hasSize(1);
  }

  @Test
  void theWaitingThreadIsWokenWhenTheTimeOfATenantComes() throws Exception {
    save(acme);
    tenants.awaitDue(Duration.ZERO);
    record(claimOf("acme"), acme, Duration.ofMillis(30));
    assertThat(tenants.awaitDue(Duration.ofSeconds(30))).isTrue();
    assertThat(claim(1)).hasSize(1);
  }

  @Test
  void theTenantThatIsDueLongestComesFirst() throws Exception {
    save(Samples.tenant("young"));
    save(Samples.tenant("old"));
    Sql.run(
        dataSource,
        "UPDATE tenant SET next_run_at = now() - interval '1 hour' WHERE tenant_id = 'old'");
    assertThat(claim(1).getFirst().tenant().id()).isEqualTo(new TenantId("old"));
  }

  private void record(Claim claim, Tenant tenant, @Nullable Duration next) {
    inTransaction(() -> {
      tenants.lock(claim).orElseThrow();
      tenants.record(claim, tenant, NOTHING, next);
      return null;
    });
  }

  private void recordLocked(Claim claim, @Nullable Duration next) {
    inTransaction(() -> {
      tenants.record(claim, tenants.lock(claim).orElseThrow(), NOTHING, next);
      return null;
    });
  }

  private void makeDue() {
    inTransaction(() -> tenants.makeOutdatedDue(new Outlook("others", "others"), 100));
  }

  private void makeDue(String namespace) {
    inTransaction(() -> {
      tenants.makeDue(namespace);
      return null;
    });
  }

  private Claim claimOf(String id) {
    return claim(100).stream()
        .filter(c -> c.tenant().id().value().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private List<Claim> claim(int limit) {
    return inTransaction(() -> tenants.claimDue("worker", limit, LEASE, Samples.OUTLOOK));
  }

  private void save(Tenant tenant) {
    inTransaction(() -> {
      tenants.lock(tenant.id());
      tenants.save(tenant);
      return null;
    });
  }

  private static <T extends @Nullable Object> T inTransaction(Callable<T> work) {
    return QuarkusTransaction.requiringNew().call(work);
  }
}
