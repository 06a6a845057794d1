package dev.berth.store.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.store.Samples;
import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.tenant.Desired.Orders;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** G7: replicas of two versions share the tables while one replaces the other. */
@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class NewerVersionTest {

  private static final TenantId ACME = new TenantId("acme");
  private static final String CONDITIONS =
      """
      [{"type":"Accepted","status":"True","reason":"Accepted","message":"","observedGeneration":3,
        "lastTransitionTime":"2026-11-24T18:00:00Z","since":7},
       {"type":"Ready","status":"False","reason":"Hibernating","message":"until Monday","observedGeneration":3,
        "lastTransitionTime":"2026-11-24T18:00:00Z"},
       {"type":"Hibernated","status":"True","reason":"Asked","message":"","observedGeneration":3,
        "lastTransitionTime":"2026-11-24T18:00:00Z"}]\
      """;

  @Inject Tenants tenants;
  @Inject DataSource dataSource;

  @BeforeEach
  void aTenantThatANewerVersionWroteAndOneThatItDidNot() throws Exception {
    Sql.empty(dataSource);
    for (String id : List.of("acme", "other")) {
      QuarkusTransaction.requiringNew().run(() -> tenants.save(Samples.tenant(id)));
    }
    Sql.run(
        dataSource,
        "UPDATE tenant SET phase = 'HIBERNATED', previous_phase = 'DOZING', conditions = '%s' WHERE tenant_id = 'acme'"
            .formatted(CONDITIONS));
  }

  @Test
  void aReasonThatIsNotKnownIsShownInItsOwnWord() {
    Tenant acme = tenants.find(ACME).orElseThrow();

    Condition ready = acme.status().conditions().get(ConditionType.Ready).orElseThrow();
    assertThat(ready.reason()).isEqualTo(Reason.NewerVersion);
    assertThat(ready.message()).isEqualTo("Hibernating: until Monday");
    assertThat(acme.phase()).isEqualTo(Phase.FAILED);
    assertThat(acme.status().previousPhase()).isNull();
    assertThat(tenants.readable(List.of("acme", "other"))).hasSize(2);
    assertThat(claimed()).containsExactlyInAnyOrder("acme", "other");
  }

  @Test
  void whatIsNotChangedStaysAsTheNewerVersionWroteIt() throws Exception {
    String before = row();
    QuarkusTransaction.requiringNew().run(() -> tenants.remember(tenants.lock(ACME).orElseThrow()));
    assertThat(row()).isEqualTo(before);
  }

  @Test
  void aChangeLosesNothingButWhatItReplaces() throws Exception {
    Tenant acme = tenants.find(ACME).orElseThrow();
    Condition ready = acme.status().conditions().get(ConditionType.Ready).orElseThrow();
    Condition judged =
        new Condition(
            ConditionType.Ready,
            Condition.Truth.False,
            Reason.Provisioning,
            "is in progress",
            3,
            ready.lastTransitionTime());
    QuarkusTransaction.requiringNew()
        .run(() -> {
          Tenant locked = tenants.lock(ACME).orElseThrow();
          tenants.remember(
              locked.with(locked.status().with(locked.status().conditions().with(judged))));
        });

    String stored = Sql.one(dataSource, "SELECT conditions FROM tenant WHERE tenant_id = 'acme'");
    assertThat(stored)
        .contains("\"Hibernated\"", "\"since\":7", "\"Provisioning\"")
        .doesNotContain("Hibernating");
    assertThat(column("phase")).isEqualTo("PROVISIONING");
    assertThat(column("previous_phase")).isEqualTo("DOZING");
  }

  @Test
  void whatIsDesiredIsLeftAsItIsStoredUnlessItChanges() throws Exception {
    String newer = column("desired").replaceFirst("\\{", "{\"hibernation\":{\"since\":1},");
    Sql.run(
        dataSource,
        "UPDATE tenant SET desired = '%s' WHERE tenant_id = 'acme'"
            .formatted(newer.replace("'", "''")));
    QuarkusTransaction.requiringNew().run(() -> tenants.remember(tenants.lock(ACME).orElseThrow()));
    assertThat(column("desired")).isEqualTo(newer);
  }

  @Test
  void oneThatCannotBeReadAtAllIsLeftOutOfAListAndNamedWhereItIsAskedFor() throws Exception {
    unreadable();

    assertThat(tenants.readable(List.of("acme", "other")))
        .extracting(tenant -> tenant.id().value())
        .containsExactly("other");
    assertThatThrownBy(() -> tenants.find(ACME))
        .isInstanceOf(UnreadableTenantException.class)
        .hasMessageContaining("tenant acme");
    assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> tenants.lock(ACME)))
        .isInstanceOf(UnreadableTenantException.class);
  }

  @Test
  void oneThatBacksOffIsDueAgainEachTimeLaterUpToABound() throws Exception {
    unreadable();
    assertThatThrownBy(this::claimed).isInstanceOf(UnreadableTenantException.class);
    Duration last = Duration.ZERO;
    for (int i = 0; i < 3; i++) {
      backOff();
      Duration wait = wait("acme");
      assertThat(wait).isGreaterThan(last);
      last = wait;
    }
    assertThat(claimed()).containsExactly("other");
    for (int i = 0; i < 30; i++) {
      backOff();
    }
    assertThat(wait("acme")).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
  }

  /** G17: PostgreSQL takes 65,535 parameters. */
  @Test
  void theSweepAsksForAsManyNamespacesAsThereAre() {
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < 70_000; i++) {
      ids.add(new UUID(0, i));
    }
    UUID known = tenants.find(ACME).orElseThrow().namespaces().getFirst().provisioningId();
    ids.add(known);
    assertThat(tenants.currentOf(ids)).containsExactly(known);
  }

  @Test
  void anOrderEndsWithWhatAnOlderVersionDidWithoutKnowingOfIt() throws Exception {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          Tenant other = tenants.lock(new TenantId("other")).orElseThrow();
          tenants.save(other.ordered(Orders.NONE.frozen(true).withdrawn(true)));
        });

    Sql.run(dataSource, "UPDATE tenant SET generation = generation + 1");
    assertThat(orders()).isEqualTo(Orders.NONE.frozen(true));

    Sql.run(dataSource, "UPDATE tenant SET incarnation = incarnation + 1");
    assertThat(orders()).isEqualTo(Orders.NONE);
  }

  private Orders orders() {
    return tenants.find(new TenantId("other")).orElseThrow().orders();
  }

  @Test
  void theReasonFollowsConditionsThatAnOlderVersionWroteWithoutIt() throws Exception {
    Sql.run(dataSource, "UPDATE tenant SET reason = 'NoRoom' WHERE tenant_id = 'other'");
    QuarkusTransaction.requiringNew()
        .run(() -> tenants.remember(tenants.lock(new TenantId("other")).orElseThrow()));

    assertThat(Sql.one(dataSource, "SELECT reason FROM tenant WHERE tenant_id = 'other'"))
        .isEqualTo("Accepted");
  }

  private void backOff() {
    QuarkusTransaction.requiringNew()
        .run(() -> tenants.backOff(ACME, Duration.ofMinutes(1), Duration.ofHours(1)));
  }

  private void unreadable() throws Exception {
    Sql.run(dataSource, "UPDATE tenant SET conditions = '{\"a\":[1]}' WHERE tenant_id = 'acme'");
    Sql.run(dataSource, "UPDATE tenant SET desired = '[]' WHERE tenant_id = 'acme'");
  }

  private List<String> claimed() {
    return QuarkusTransaction.requiringNew()
        .call(() ->
            tenants.claimDue("me", 10, Duration.ofMinutes(1), Samples.OUTLOOK).stream()
                .map(claim -> claim.tenant().id().value())
                .toList());
  }

  private Duration wait(String tenant) throws Exception {
    return Duration.ofMillis(
        (long)
            Double.parseDouble(
                Sql.one(
                    dataSource,
                    "SELECT extract(epoch FROM next_run_at - now()) * 1000 FROM tenant WHERE tenant_id = '%s'"
                        .formatted(tenant))));
  }

  private String column(String name) throws Exception {
    return Sql.one(dataSource, "SELECT %s FROM tenant WHERE tenant_id = 'acme'".formatted(name));
  }

  private String row() throws Exception {
    return Sql.one(
        dataSource,
        "SELECT concat_ws('|', phase, previous_phase, conditions, desired, cause) FROM tenant WHERE tenant_id = 'acme'");
  }
}
