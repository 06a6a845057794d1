package dev.berth.store.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.store.Samples;
import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.condition.Phase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class TenantsTest {

  @Inject Tenants tenants;
  @Inject DataSource dataSource;

  @BeforeEach
  void emptyTables() throws Exception {
    Sql.empty(dataSource);
  }

  @Test
  void aTenantComesBackAsItWasSaved() {
    Tenant acme = Samples.tenant("acme");
    save(acme);
    assertThat(tenants.find(acme.id())).contains(acme);
    assertThat(tenants.find(new TenantId("nobody"))).isEmpty();
  }

  @Test
  void everyMemberOfAChangedTenantIsStored() {
    save(Samples.tenant("acme"));
    TenantId id = new TenantId("acme");
    Status status =
        new Status(
            Samples.ready(Samples.tenant("acme")).status().conditions(),
            new Status.LastStep(7, Phase.FAILED, Instant.parse("2026-12-01T00:00:00.5Z")),
            new Status.Footing(
                5,
                new PlanVersion("starter", 1),
                List.of(new RuntimeClass("kata", null), new RuntimeClass("other", "kata"))),
            new Sandboxes(4, new Sandboxes.SandboxSize("kata", "512Mi", "600Mi", 1, 10, 1)),
            new Status.Retry(2, Instant.parse("2027-01-01T00:00:00.123456Z")));
    Tenant changed =
        new Tenant(
            id,
            new Tenant.Life(
                2,
                List.of(
                    new TenantNamespace("jobs", id.namespace("jobs"), UUID.randomUUID(), "uid-j"),
                    new TenantNamespace("", id.namespace(""), UUID.randomUUID(), "uid-d"))),
            new Tenant.Revision(9, new Cause("c", "e", "00-trace")),
            new Desired(Desired.Mode.OFFBOARDED, 11, null, null, null),
            status);
    save(changed);
    assertThat(tenants.find(id)).contains(changed);
  }

  @Test
  void anUnchangedTenantIsNotWrittenAgain() throws Exception {
    Tenant acme = Samples.tenant("acme");
    remember(acme);
    String version = Sql.one(dataSource, "SELECT xmin FROM tenant");
    remember(tenants.find(acme.id()).orElseThrow());
    assertThat(Sql.one(dataSource, "SELECT xmin FROM tenant")).isEqualTo(version);
  }

  @Test
  void whatIsReadBeforeTheLockDoesNotHideWhatIsLocked() throws Exception {
    Tenant acme = Samples.tenant("acme");
    save(acme);
    Tenant locked =
        QuarkusTransaction.requiringNew()
            .call(() -> {
              tenants.find(acme.id());
              save(Samples.raised(acme));
              return tenants.lock(acme.id()).orElseThrow();
            });
    assertThat(locked.revision()).isEqualTo(2);
  }

  @Test
  void oneTransactionLocksAndSavesATenantManyTimes() {
    Tenant acme = Samples.tenant("acme");
    QuarkusTransaction.requiringNew()
        .run(() -> {
          assertThat(tenants.lock(acme.id())).isEmpty();
          tenants.save(acme);
          Tenant again = tenants.lock(acme.id()).orElseThrow();
          assertThat(again).isEqualTo(acme);
          tenants.save(Samples.raised(again));
          tenants.save(Samples.raised(tenants.lock(acme.id()).orElseThrow()));
        });
    assertThat(tenants.find(acme.id()).orElseThrow().revision()).isEqualTo(3);
  }

  @Test
  void aUidOfAnotherTenantIsRefusedByName() {
    Tenant acme = Samples.tenant("acme");
    Tenant other = Samples.tenant("other");
    save(acme.with(List.of(acme.namespaces().getFirst().withUid("one"))));
    assertThatThrownBy(
            () -> save(other.with(List.of(other.namespaces().getFirst().withUid("one")))))
        .isInstanceOf(StoreConflictException.class)
        .hasMessageContaining("tenant other")
        .hasMessageContaining("tenant_namespace_uid");
    assertThat(tenants.find(other.id())).isEmpty();
  }

  @Test
  void aNamespaceOfAnotherTenantIsRefused() {
    Tenant acme = Samples.tenant("acme");
    save(acme);
    assertThatThrownBy(() -> save(Samples.tenant("other").with(acme.namespaces())))
        .isInstanceOf(StoreConflictException.class);
    assertThat(tenants.find(acme.id())).contains(acme);
  }

  @Test
  void theSecondOfTwoThatInsertATenantFails() {
    Tenant acme = Samples.tenant("acme");
    assertThatThrownBy(() ->
            QuarkusTransaction.requiringNew()
                .run(() -> {
                  assertThat(tenants.lock(acme.id())).isEmpty();
                  save(acme);
                  tenants.save(Samples.raised(acme));
                }))
        .isInstanceOf(StoreConflictException.class);
    assertThat(tenants.find(acme.id()).orElseThrow().revision()).isEqualTo(1);
  }

  @Test
  void theDatabaseClockRuns() {
    assertThat(Duration.between(tenants.now(), tenants.now())).isPositive();
  }

  @Test
  void savingWakesTheWaitingThreadAfterTheCommitOnly() throws Exception {
    drain();
    assertThatThrownBy(() ->
        QuarkusTransaction.requiringNew()
            .run(() -> {
              tenants.save(Samples.tenant("acme"));
              throw new IllegalStateException("rolled back");
            }));
    assertThat(tenants.awaitDue(Duration.ofMillis(20))).isFalse();
    save(Samples.tenant("acme"));
    assertThat(tenants.awaitDue(Duration.ofSeconds(30))).isTrue();
    assertThat(tenants.awaitDue(Duration.ofMillis(20))).isFalse();
  }

  @Test
  void theWaitingThreadIsWokenForTenantsWhoseOutlookIsAnotherOne() throws Exception {
    remember(Samples.tenant("acme"));
    drain();
    assertThat(
            QuarkusTransaction.requiringNew()
                .call(() -> tenants.makeOutdatedDue(Samples.OUTLOOK, 100)))
        .isEqualTo(1);
    assertThat(tenants.awaitDue(Duration.ofSeconds(30))).isTrue();
  }

  private void drain() throws InterruptedException {
    tenants.awaitDue(Duration.ZERO);
  }

  private void save(Tenant tenant) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.lock(tenant.id());
          tenants.save(tenant);
        });
  }

  private void remember(Tenant tenant) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.lock(tenant.id());
          tenants.remember(tenant);
        });
  }
}
