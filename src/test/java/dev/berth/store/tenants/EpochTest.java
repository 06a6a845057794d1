package dev.berth.store.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.store.Samples;
import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a claim may still do once it is not the latest one. */
@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class EpochTest {

  private static final Tenants.Findings NOTHING =
      new Tenants.Findings(Map.of(), Map.of(), Set.of());

  private final Tenant acme = Samples.tenant("acme");

  @Inject Tenants tenants;
  @Inject DataSource dataSource;

  @BeforeEach
  void oneTenant() throws Exception {
    Sql.empty(dataSource);
    save(acme);
  }

  @Test
  void aClaimIsVoidOnceAnotherWorkerHasTakenTheTenantOver() {
    Claim frozen = claim(Duration.ofMillis(-1));
    assertThat(tenants.counts(frozen)).isTrue();

    Claim successor = claim(Duration.ofMinutes(5));

    assertThat(successor.epoch()).isGreaterThan(frozen.epoch());
    assertThat(frozen.takenOver()).isFalse();
    assertThat(successor.takenOver()).isTrue();
    assertThat(lock(frozen)).isEmpty();
    assertThat(lock(successor)).contains(acme);
    assertThat(tenants.counts(frozen)).isFalse();
    assertThat(tenants.counts(successor)).isTrue();
  }

  @Test
  void anAmbiguousRecordThatIsRepeatedIsDropped() {
    Claim claim = claim(Duration.ofMinutes(5));
    lockAndRecord(claim, Samples.ready(acme));

    assertThat(lock(claim)).isEmpty();
    assertThat(tenants.counts(claim)).isFalse();
    assertThatThrownBy(() -> lockAndRecord(claim, Samples.ready(Samples.ready(acme))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(tenants.find(acme.id()).orElseThrow().status().sequence()).isEqualTo(2);
  }

  @Test
  void aClaimCountsNoMoreWhenSomethingElseIsAskedForTheTenant() {
    Claim claim = claim(Duration.ofMinutes(5));

    save(Samples.raised(acme));

    assertThat(tenants.counts(claim)).isFalse();
    assertThat(lock(claim)).as("what it found out is still recorded").isPresent();
  }

  private Claim claim(Duration lease) {
    return inTransaction(() -> tenants.claimDue("worker", 1, lease, Samples.OUTLOOK)).getFirst();
  }

  private Optional<Tenant> lock(Claim claim) {
    return inTransaction(() -> tenants.lock(claim));
  }

  private void lockAndRecord(Claim claim, Tenant tenant) {
    inTransaction(() -> {
      tenants.lock(tenant.id()).orElseThrow();
      return tenants.record(claim, tenant, NOTHING, null);
    });
  }

  private void save(Tenant tenant) {
    inTransaction(() -> {
      tenants.lock(tenant.id());
      tenants.save(tenant);
      return true;
    });
  }

  private static <T> T inTransaction(Callable<T> work) {
    return QuarkusTransaction.requiringNew().call(work);
  }
}
