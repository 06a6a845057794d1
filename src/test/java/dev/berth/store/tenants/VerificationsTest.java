package dev.berth.store.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationLine.LineResult;
import dev.berth.plan.isolation.IsolationReport;
import dev.berth.store.Samples;
import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class VerificationsTest {

  private static final TenantId ACME = new TenantId("acme");
  private static final Duration LEASE = Duration.ofMinutes(5);

  @Inject Verifications verifications;
  @Inject Tenants tenants;
  @Inject DataSource dataSource;

  @BeforeEach
  void aTenantThatIsNotDue() throws Exception {
    Sql.empty(dataSource);
    remember("acme");
  }

  @Test
  void aTenantIsVerifiedWhenItsTimeHasComeAndOnlyOnce() {
    assertThat(claim()).isEmpty();
    schedule(Duration.ofHours(1));
    assertThat(claim()).isEmpty();
    schedule(Duration.ZERO);

    assertThat(claim()).map(Tenant::id).contains(ACME);

    assertThat(claim()).as("until the lease ends").isEmpty();
    assertThat(verifications.dueAt(ACME))
        .hasValueSatisfying(due -> assertThat(due).isAfter(tenants.now().plusSeconds(200)));
  }

  @Test
  void noTenantIsVerifiedWhileAnotherOneIsDue() throws Exception {
    schedule(Duration.ZERO);
    remember("initech");
    Sql.run(dataSource, "UPDATE tenant SET next_run_at = now() WHERE tenant_id = 'initech'");

    assertThat(claim()).isEmpty();

    Sql.run(
        dataSource,
        "UPDATE tenant SET next_run_at = now() + interval '30 seconds' WHERE tenant_id = 'initech'");
    assertThat(claim()).isPresent();
  }

  @Test
  void whatAnotherReplicaClaimsIsPassedOver() {
    schedule(Duration.ZERO);

    QuarkusTransaction.requiringNew()
        .run(() -> {
          assertThat(verifications.claim(LEASE, Duration.ZERO)).isPresent();
          assertThat(CompletableFuture.supplyAsync(this::claim).join()).isEmpty();
        });
  }

  @Test
  void whoMustHaveWaitedLongIsNotClaimedBefore() throws Exception {
    schedule(Duration.ZERO);

    assertThat(claimOverdue(Duration.ofMinutes(10))).isEmpty();
    Sql.run(dataSource, "UPDATE tenant SET verify_at = now() - interval '11 minutes'");
    assertThat(claimOverdue(Duration.ofMinutes(10))).isPresent();
  }

  @Test
  void aReportTakesThePlaceOfTheOneBefore() {
    IsolationReport first = report(1, LineResult.FAILED);
    IsolationReport second = report(2, LineResult.PASSED);

    QuarkusTransaction.requiringNew().run(() -> verifications.save(first));
    assertThat(verifications.find(ACME)).contains(first);
    QuarkusTransaction.requiringNew().run(() -> verifications.save(second));

    assertThat(verifications.find(ACME)).contains(second);
    assertThat(first.passed()).isFalse();
    assertThat(second.passed()).isTrue();
  }

  @Test
  void aTenantThatLeavesHasNoReportAndIsNotVerified() {
    schedule(Duration.ZERO);
    QuarkusTransaction.requiringNew().run(() -> verifications.save(report(1, LineResult.PASSED)));

    QuarkusTransaction.requiringNew().run(() -> verifications.forget(ACME));

    assertThat(verifications.find(ACME)).isEmpty();
    assertThat(verifications.dueAt(ACME)).isEmpty();
    assertThat(claim()).isEmpty();
  }

  private Optional<Tenant> claim() {
    return claimOverdue(Duration.ZERO);
  }

  private Optional<Tenant> claimOverdue(Duration overdue) {
    return QuarkusTransaction.requiringNew().call(() -> verifications.claim(LEASE, overdue));
  }

  private void schedule(Duration wait) {
    QuarkusTransaction.requiringNew().run(() -> verifications.schedule(ACME, wait));
  }

  private void remember(String id) {
    QuarkusTransaction.requiringNew()
        .run(() -> tenants.remember(Samples.ready(Samples.tenant(id))));
  }

  private static IsolationReport report(long generation, LineResult result) {
    IsolationLine line =
        new IsolationLine("get secrets", "Group 5b1c", "", "no", "no \"☂\"", "RBAC", result);
    return new IsolationReport(
        ACME, 1, generation, Instant.parse("2026-11-24T18:00:00.123456Z"), List.of(line, line));
  }
}
