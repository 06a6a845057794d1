package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Outcome;
import dev.berth.plan.Samples;
import dev.berth.plan.decide.Planner;
import dev.berth.provisioning.Pieces;
import dev.berth.provisioning.Target;
import dev.berth.provisioning.actions.NothingAsked;
import dev.berth.provisioning.isolation.IsolationUnverified;
import dev.berth.provisioning.pools.PoolLines;
import dev.berth.store.InstallationInMemory;
import dev.berth.store.tenants.PlacementsInMemory;
import dev.berth.store.tenants.TenantsInMemory;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import dev.berth.tracing.Spans;
import io.quarkus.runtime.ShutdownEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole work on tenants, step by step. */
@Timeout(60)
class WorkerTest {

  private final Pieces pieces = new Pieces(Map.of("berth.work.tenants-in-flight", "2"));
  private final TenantsInMemory tenants = new TenantsInMemory();
  private final Placing placing = PlacingTest.placing(new PlacementsInMemory(), pieces);
  private ClusterFacts facts = Samples.healthy();
  private Target target = (operation, assignment) -> new Outcome.Done("uid");
  private final Worker worker = worker();

  @Test
  void aTenantIsOpenedChangedAndEnded() throws Exception {
    Tenant acme = pieces.accepted("acme");
    tenants.save(acme);
    assertThat(runDue()).isEqualTo(1);
    assertThat(phase(acme)).isEqualTo(Phase.READY);

    tenants.save(pieces.offboarded(tenants.find(acme.id()).orElseThrow()));
    assertThat(runDue()).isEqualTo(1);
    assertThat(phase(acme)).isEqualTo(Phase.OFFBOARDED);
    assertThat(tenants.given().getLast().next()).as("is not due again").isNull();
  }

  @Test
  void whatFailedIsWorkedOnAgain() throws Exception {
    Tenant acme = pieces.accepted("acme");
    tenants.save(acme);
    target = (operation, assignment) -> new Outcome.Retryable(Reason.ApiTimeout, "slow");
    runDue();
    assertThat(phase(acme)).isEqualTo(Phase.FAILED);

    target = (operation, assignment) -> new Outcome.Done("uid");
    tenants.save(tenants.find(acme.id()).orElseThrow());
    runDue();
    assertThat(phase(acme)).isEqualTo(Phase.READY);
  }

  @Test
  void noMoreAreWorkedOnThanMayBe() throws Exception {
    List.of("a", "b", "c").forEach(id -> tenants.save(pieces.accepted(id)));

    assertThat(runDue()).isEqualTo(2);
    assertThat(tenants.given()).hasSize(2);
  }

  @Test
  void workThatFailsGivesItsPlaceBack() throws Exception {
    SQLException refused = new SQLException("too long", "22001");
    for (int i = 0; i < 5; i++) {
      tenants.failWith(new IllegalStateException(refused));
      tenants.save(pieces.accepted("acme"));
      assertThat(runDue()).isEqualTo(1);
    }
  }

  /** Else what they were looked at with might be older than what was delivered. */
  @Test
  void thoseThatAreDueAreClaimedBeforeOthersAreWoken() throws Exception {
    tenants.remember(pieces.accepted("acme"));

    assertThat(runDue()).as("nobody is due yet").isZero();
    assertThat(tenants.wokenFor()).hasSize(1);
    assertThat(runDue()).isEqualTo(1);
  }

  @Test
  void whileNothingIsKnownOfTheClusterWorkGoesOn() throws Exception {
    facts = ClusterFacts.UNKNOWN;
    Tenant acme = pieces.accepted("acme");
    tenants.save(acme);

    assertThat(runDue()).isEqualTo(1);
    assertThat(phase(acme)).as("nothing is said of it").isEqualTo(Phase.ACCEPTED);
    assertThat(tenants.given().getLast().next()).isEqualTo(Duration.ofSeconds(1));
  }

  /** Else its tenants would wait until their leases end. */
  @Test
  void whatIsInHandIsRecordedBeforeTheEnd() throws Exception {
    Tenant acme = pieces.accepted("acme");
    tenants.save(acme);
    List<Runnable> begun = new ArrayList<>();
    worker.runDue(begun::add);

    CompletableFuture<Void> end = CompletableFuture.runAsync(this::finish);
    assertThatThrownBy(() -> end.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    begun.forEach(Runnable::run);

    end.join();
    assertThat(phase(acme)).isEqualTo(Phase.READY);
  }

  private void finish() {
    try {
      worker.finish(new ShutdownEvent());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void workEndsTheLull() throws Exception {
    runDue();
    assertThat(pieces.activity.hasRestedFor(Duration.ofSeconds(1))).isTrue();

    tenants.save(pieces.accepted("acme"));
    runDue();
    assertThat(pieces.activity.hasRestedFor(Duration.ofSeconds(1))).isFalse();
  }

  private int runDue() throws InterruptedException {
    return worker.runDue(Runnable::run);
  }

  private Phase phase(Tenant tenant) {
    return tenants.find(tenant.id()).orElseThrow().phase();
  }

  private Worker worker() {
    Recorder recorder =
        new Recorder(
            tenants,
            pieces.announcer,
            new Departure(new NothingAsked(), placing, pieces.plans, pieces.clock),
            new IsolationUnverified(pieces.config),
            new Pace(pieces.config, pieces.lifetime, pieces.clock),
            pieces.metrics,
            pieces.clock);
    return new Worker(
        new Claims(
            tenants,
            new Planning(new Planner(), pieces.plans, placing, PoolLines.off()),
            pieces.announcer,
            new PlacementsInMemory(),
            pieces.metrics,
            pieces.config,
            pieces.clock),
        new Reconciler(
            (operation, assignment) -> target.execute(operation, assignment),
            recorder,
            pieces.metrics,
            new InstallationInMemory(),
            pieces.config,
            Spans.NONE),
        pieces.lifetime,
        new WakeUps(
            () -> facts,
            pieces.directory,
            tenants,
            pieces.config,
            pieces.metrics,
            pieces.clock,
            "1.0"),
        pieces.activity,
        pieces.config);
  }
}
