package dev.berth.store.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Json;
import dev.berth.store.Samples;
import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.store.actions.Action.State;
import dev.berth.store.actions.Actions.Once;
import dev.berth.store.tenants.Claim;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which claim carries an action out: only one that began after it. */
@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class SettledActionsTest {

  private static final TenantId ACME = new TenantId("acme");

  @Inject Actions actions;
  @Inject Tenants tenants;
  @Inject DataSource dataSource;

  @BeforeEach
  void aTenant() throws Exception {
    Sql.empty(dataSource);
    QuarkusTransaction.requiringNew().run(() -> tenants.save(Samples.tenant("acme")));
  }

  @Test
  void aClaimThatIsUnderWayDoesNotEndAnAction() {
    Claim before = claim();
    Action action = act();

    assertThat(pending(before)).isEmpty();

    release(before);
    Claim after = claim();

    assertThat(pending(after)).extracting(Action::id).containsExactly(action.id());
  }

  @Test
  void whatIsOverStaysAsItIs() {
    Action action = act();
    finish(action, State.DONE, "seen");
    finish(action, State.FAILED, "late");

    Action.Result stored = actions.find(action.id()).orElseThrow().result();
    assertThat(stored.state()).isEqualTo(State.DONE);
    assertThat(stored.message()).isEqualTo("seen");
    assertThat(stored.after()).hasToString("{\"phase\":\"READY\"}");
    assertThat(stored.doneAt()).isNotNull();
    assertThat(pending(claim())).isEmpty();
  }

  @Test
  void anOrderIsReadAsItWasStoredAndGoesWhenItIsTakenBack() throws Exception {
    order(true);
    assertThat(tenants.find(ACME).orElseThrow().isFrozen()).isTrue();
    order(false);
    assertThat(tenants.find(ACME).orElseThrow().isFrozen()).isFalse();
    assertThat(Sql.one(dataSource, "SELECT orders FROM tenant")).isNull();
  }

  private void order(boolean frozen) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          Tenant now = tenants.lock(ACME).orElseThrow();
          tenants.save(now.ordered(now.orders().frozen(frozen)));
        });
  }

  private Action act() {
    Action action =
        new Action(
            UUID.randomUUID(),
            ActionKind.LOOK,
            Action.About.of(ACME),
            new Action.Author("alice", "why", Instant.parse("2026-11-24T18:00:00Z")),
            Action.Result.pending("due", Json.tree(Map.of())));
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.save(tenants.lock(ACME).orElseThrow());
          actions.add(action, new Once(action.id().toString(), "sha"));
        });
    return action;
  }

  private void finish(Action action, State state, String message) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> actions.finish(action.id(), state, message, Json.tree(Map.of("phase", "READY"))));
  }

  private List<Action> pending(Claim claim) {
    return QuarkusTransaction.requiringNew().call(() -> actions.pending(ACME, claim.epoch()));
  }

  private Claim claim() {
    return QuarkusTransaction.requiringNew()
        .call(() -> tenants.claimDue("me", 1, Duration.ofMinutes(1), Samples.OUTLOOK).getFirst());
  }

  private void release(Claim claim) {
    QuarkusTransaction.requiringNew()
        .run(() ->
            tenants.record(
                claim,
                tenants.lock(claim).orElseThrow(),
                new Tenants.Findings(Map.of(), Map.of(), Set.of()),
                Duration.ZERO));
  }
}
