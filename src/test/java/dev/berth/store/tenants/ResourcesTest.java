package dev.berth.store.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.Resource.Key;
import dev.berth.plan.Resource.Kind;
import dev.berth.store.Samples;
import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class ResourcesTest {

  private final Tenant acme = Samples.tenant("acme");
  private final Key namespace = new Key("tenant-acme", Kind.Namespace, "tenant-acme");
  private final Key quota = new Key("tenant-acme", Kind.ResourceQuota, "berth");
  private final Key jobsQuota = new Key("tenant-acme--jobs", Kind.ResourceQuota, "berth");

  @Inject Tenants tenants;
  @Inject DataSource dataSource;

  @BeforeEach
  void emptyTables() throws Exception {
    Sql.empty(dataSource);
  }

  @Test
  void aClaimCarriesTheTenantAndWhatWasReadBack() {
    save(acme);
    save(Samples.tenant("other"));
    recordAll(claimOf("acme"), Map.of(quota, "uid-q"), Map.of(jobsQuota, "broken"), Set.of());
    makeDue();
    Claim claim = claimOf("acme");
    assertThat(claim.tenant()).isEqualTo(acme);
    assertThat(claim.recorded().uids()).containsExactly(Map.entry(quota, "uid-q"));
  }

  @Test
  void uidsReplaceErrorsKeepThemAndGoneNamespacesTakeTheirContentAlong() throws Exception {
    save(acme);
    Claim first = claimOf("acme");
    recordAll(first, Map.of(namespace, "n1", quota, "q1", jobsQuota, "j1"), Map.of(), Set.of());
    Claim second = reclaim();
    assertThat(second.recorded().uids())
        .isEqualTo(Map.of(namespace, "n1", quota, "q1", jobsQuota, "j1"));

    recordAll(second, Map.of(quota, "q2"), Map.of(jobsQuota, "out of order"), Set.of());
    Claim third = reclaim();
    assertThat(third.recorded().uids())
        .isEqualTo(Map.of(namespace, "n1", quota, "q2", jobsQuota, "j1"));
    assertThat(Sql.one(dataSource, "SELECT last_error FROM tenant_resource WHERE last_error <> ''"))
        .isEqualTo("out of order");

    recordAll(third, Map.of(jobsQuota, "j1"), Map.of(), Set.of(namespace));
    assertThat(reclaim().recorded().uids()).isEqualTo(Map.of(jobsQuota, "j1"));
    assertThat(Sql.one(dataSource, "SELECT last_error FROM tenant_resource")).isNull();
  }

  @Test
  void aNewIncarnationStartsWithNothingRecorded() {
    save(acme);
    recordAll(claimOf("acme"), Map.of(quota, "q1", jobsQuota, "j1"), Map.of(), Set.of());
    TenantNamespace again = Samples.namespace(acme.id(), "");
    save(acme.with(List.of(again)));
    Claim claim = claimOf("acme");
    assertThat(claim.tenant().namespaces()).containsExactly(again);
    assertThat(claim.recorded().uids()).isEmpty();
  }

  @Test
  void whatWasFoundInANamespaceThatTheTenantNoLongerHasIsForgotten() throws Exception {
    save(acme);
    Claim claim = claimOf("acme");
    Tenant smaller = acme.with(acme.namespaces().subList(0, 1));
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.lock(claim).orElseThrow();
          tenants.record(
              claim,
              smaller,
              new Tenants.Findings(Map.of(jobsQuota, "j1", quota, "q1"), Map.of(), Set.of()),
              null);
        });
    assertThat(Sql.one(dataSource, "SELECT namespace FROM tenant_resource"))
        .isEqualTo("tenant-acme");
  }

  private Claim reclaim() {
    makeDue();
    return claimOf("acme");
  }

  private void recordAll(
      Claim claim, Map<Key, String> uids, Map<Key, String> errors, Set<Key> gone) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          Tenant tenant = tenants.lock(claim).orElseThrow();
          tenants.record(claim, tenant, new Tenants.Findings(uids, errors, gone), null);
        });
  }

  private void makeDue() {
    QuarkusTransaction.requiringNew()
        .run(() -> tenants.makeOutdatedDue(new Outlook("others", "others"), 100));
  }

  private Claim claimOf(String id) {
    return QuarkusTransaction.requiringNew()
        .call(() -> tenants.claimDue("worker", 100, Duration.ofMinutes(5), Samples.OUTLOOK))
        .stream()
        .filter(c -> c.tenant().id().value().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void save(Tenant tenant) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.lock(tenant.id());
          tenants.save(tenant);
        });
  }
}
