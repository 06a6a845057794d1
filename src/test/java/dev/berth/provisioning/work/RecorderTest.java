package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource;
import dev.berth.plan.Work;
import dev.berth.provisioning.Pieces;
import dev.berth.provisioning.actions.NothingAsked;
import dev.berth.provisioning.isolation.IsolationUnverified;
import dev.berth.provisioning.work.Claims.Task;
import dev.berth.provisioning.work.Planning.Planned;
import dev.berth.store.outbox.Outbox;
import dev.berth.store.tenants.Claim;
import dev.berth.store.tenants.Outlook;
import dev.berth.store.tenants.PlacementsInMemory;
import dev.berth.store.tenants.TenantsInMemory;
import dev.berth.store.tenants.TenantsInMemory.Given;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecorderTest {

  private static final Operation NAMESPACE =
      new Operation.Apply(
          new Resource.Namespace("tenant-acme", Map.of(), Map.of()), null, List.of());
  private static final Map<Operation, Outcome> DONE = Map.of(NAMESPACE, new Outcome.Done("uid"));
  private static final Work WORK = new Work(List.of(NAMESPACE), List.of(), new Sandboxes(2, null));

  private final Pieces pieces = new Pieces();
  private final TenantsInMemory tenants = new TenantsInMemory();
  private final NothingAsked settlement = new NothingAsked();
  private final IsolationUnverified isolation = new IsolationUnverified(pieces.config);
  private final Recorder recorder =
      new Recorder(
          tenants,
          pieces.announcer,
          new Departure(
              settlement,
              PlacingTest.placing(new PlacementsInMemory(), pieces),
              pieces.plans,
              pieces.clock),
          isolation,
          new Pace(pieces.config, pieces.lifetime, pieces.clock),
          pieces.metrics,
          pieces.clock);
  private final Tenant tenant =
      pieces
          .accepted("acme")
          .with(List.of(new TenantNamespace("", "tenant-acme", UUID.randomUUID(), null)));
  private Task task;

  @BeforeEach
  void isClaimed() {
    tenants.save(tenant);
    task = claim();
  }

  @Test
  void aChangeThatOthersAreToldOfIsAnnouncedOnce() {
    recorder.record(task, DONE);

    assertThat(stored().phase()).isEqualTo(Phase.READY);
    assertThat(stored().status().sequence()).isEqualTo(1);
    assertThat(announced()).containsExactly("dev.berth.tenant.provisioned.v1");
    assertThat(isolation.followed()).hasSize(1);

    task = claim();
    recorder.record(task, DONE);

    assertThat(announced()).hasSize(1);
  }

  /** L11. */
  @Test
  void whatOthersChangedAndWasBroughtBackIsAnnouncedWhereNothingElseIs() {
    Outcome repaired = new Outcome.Done("uid", "Namespace tenant-acme (metadata.labels)");
    recorder.record(task, Map.of(NAMESPACE, repaired));
    assertThat(announced()).containsExactly("dev.berth.tenant.provisioned.v1");

    task = claim();
    recorder.record(task, Map.of(NAMESPACE, repaired));

    assertThat(announced())
        .containsExactly("dev.berth.tenant.provisioned.v1", "dev.berth.tenant.drift-repaired.v1");
    assertThat(stored().phase()).isEqualTo(Phase.READY);
    assertThat(stored().status().sequence()).isEqualTo(2);
  }

  @Test
  void onlyWhereActionsArePendingTheyAreLookedFor() {
    recorder.record(task, DONE);
    assertThat(settlement.claims()).isEmpty();

    tenants.acted(true);
    task = claim();
    recorder.record(task, DONE);
    assertThat(settlement.claims()).containsExactly(task.claim());
  }

  @Test
  void theUidOfANamespaceIsRemembered() {
    recorder.record(task, DONE);

    assertThat(stored().namespaces()).extracting(TenantNamespace::uid).containsExactly("uid");
  }

  @Test
  void theNextAttemptIsRememberedAndAnnounced() {
    recorder.record(task, Map.of(NAMESPACE, new Outcome.Retryable(Reason.ApiTimeout, "slow")));

    assertThat(stored().status().attempt()).isEqualTo(1);
    assertThat(stored().status().nextRetryAt())
        .isEqualTo(pieces.clock.instant().plus(given().next()));
  }

  @Test
  void theResultOfALateClaimIsDropped() {
    Task late = task;
    tenants.save(tenant);
    claim();

    recorder.record(late, DONE);

    assertThat(tenants.given()).isEmpty();
    assertThat(stored()).isEqualTo(tenant);
    assertThat(pieces.meters.counter("berth.claims", "result", "fenced").count()).isEqualTo(1);
  }

  @Test
  void whoWasRevisedMeanwhileKeepsWhatIsDesiredAndIsDueAtOnce() {
    Tenant revised = tenant.revised(tenant.desired(), tenant.cause());
    tenants.remember(revised);

    recorder.record(task, DONE);

    assertThat(given().next()).isZero();
    assertThat(stored().status()).isEqualTo(revised.status());
    assertThat(stored().namespaces()).extracting(TenantNamespace::uid).containsExactly("uid");
    assertThat(announced()).isEmpty();
  }

  @Test
  void anOutageOfTheDatabaseIsWaitedFor() {
    tenants.failWith(outage());
    tenants.failWith(outage());

    recorder.record(task, DONE);

    assertThat(stored().phase()).isEqualTo(Phase.READY);
  }

  @Test
  void anOutageBeyondTheClaimLeavesTheWorkToTheNextOne() {
    pieces.clock.goesOn(Duration.ofHours(1));
    tenants.failWith(outage());

    assertThatThrownBy(() -> recorder.record(task, DONE)).hasRootCauseMessage("connection lost");
  }

  @Test
  void theEndOfTheApplicationEndsTheWait() {
    pieces.lifetime.end();
    tenants.failWith(outage());

    assertThatThrownBy(() -> recorder.record(task, DONE)).hasRootCauseMessage("connection lost");
  }

  @Test
  void whatTheDatabaseRefusesIsNotTriedAgain() {
    tenants.failWith(new IllegalStateException(new SQLException("too long", "22001")));

    assertThatThrownBy(() -> recorder.record(task, DONE)).hasRootCauseMessage("too long");
    assertThat(tenants.given()).isEmpty();
  }

  private Task claim() {
    tenants.save(stored());
    Claim claim = tenants.claimDue("me", 1, Duration.ZERO, new Outlook("", "")).getFirst();
    return new Task(
        claim, new Planned(claim.tenant(), WORK), pieces.clock.instant().plusSeconds(25));
  }

  private Tenant stored() {
    return tenants.find(tenant.id()).orElseThrow();
  }

  private Given given() {
    return tenants.given().getLast();
  }

  private List<String> announced() {
    return pieces.outbox.on("tenant.lifecycle").stream().map(Outbox.Message::type).toList();
  }

  private static RuntimeException outage() {
    return new IllegalStateException(new SQLException("connection lost", "08006"));
  }
}
