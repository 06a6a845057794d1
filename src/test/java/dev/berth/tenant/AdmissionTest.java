package dev.berth.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.tenant.Admission.Bounds;
import dev.berth.tenant.Admission.Decision;
import dev.berth.tenant.Admission.Surroundings;
import dev.berth.tenant.Desired.Mode;
import dev.berth.tenant.TenantRequest.Offboard;
import dev.berth.tenant.TenantRequest.Origin;
import dev.berth.tenant.TenantRequest.Upsert;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import dev.berth.tenant.condition.Refusal.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private static final TenantId ACME = new TenantId("acme");
  private static final Cause CAUSE = new Cause("correlation", "event", null);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Surroundings AROUND =
      new Surroundings(new PlanVersion("team", 2), new Bounds(2, 100), CAUSE, NOW);

  private final Admission admission = new Admission("local", 1_000_000, Duration.ofMinutes(10));

  @Test
  void aFirstSnapshotBeginsTheFirstIncarnation() {
    Tenant tenant = applied(null, upsert(1));

    assertThat(tenant.incarnation()).isEqualTo(1);
    assertThat(tenant.phase()).isEqualTo(Phase.ACCEPTED);
    assertThat(tenant.desired().plan()).isEqualTo(new PlanVersion("team", 2));
  }

  @Test
  void anUpdateThatArrivesFirstCreatesToo() {
    assertThat(applied(null, upsert(Origin.UPDATED, 7, "team")).incarnation()).isEqualTo(1);
  }

  @Test
  void aGenerationThatIsNotAboveTheAppliedOneIsStale() {
    Tenant tenant = applied(null, upsert(5));

    assertStale(tenant, upsert(3));
    assertStale(tenant, upsert(5));
  }

  @Test
  void aJumpBeyondTheGapIsRejectedAlsoForANewTenant() {
    assertThat(admission.decide(null, upsert(1_000_001), AROUND))
        .isInstanceOfSatisfying(
            Decision.Declined.class,
            no -> assertThat(no.refusal().reason()).isEqualTo(Reason.GenerationGap));
    assertThat(admission.decide(null, upsert(1_000_000), AROUND))
        .isInstanceOf(Decision.Applied.class);
  }

  @Test
  void sandboxesBeyondThePlanAreRejectedAtTheirPointer() {
    TenantRequest tooMany = new Upsert(ACME, Origin.CREATED, spec(1, "team", 101, null));

    assertThat(admission.decide(null, tooMany, AROUND))
        .isInstanceOfSatisfying(
            Decision.Declined.class,
            no ->
                assertThat(no.refusal().errors())
                    .extracting(Fault::reason, Fault::pointer)
                    .containsExactly(tuple(Reason.InvalidData, "/sandboxes")));
  }

  @Test
  void aSnapshotForAnotherClusterIsNotOurs() {
    TenantRequest elsewhere = new Upsert(ACME, Origin.CREATED, spec(1, "team", null, "west"));

    assertThat(admission.decide(null, elsewhere, AROUND)).isInstanceOf(Decision.NotOurs.class);
  }

  @Test
  void aTenantStaysOnItsPlanVersionUntilItNamesAnother() {
    Tenant tenant = applied(null, upsert(1));
    Surroundings newer = new Surroundings(new PlanVersion("team", 3), null, CAUSE, NOW);

    Tenant same = ((Decision.Applied) admission.decide(tenant, upsert(2), newer)).tenant();
    TenantRequest explicit = upsert(Origin.UPDATED, 3, "team@3");
    Tenant other = ((Decision.Applied) admission.decide(same, explicit, newer)).tenant();

    assertThat(same.desired().plan()).isEqualTo(new PlanVersion("team", 2));
    assertThat(other.desired().plan()).isEqualTo(new PlanVersion("team", 3));
  }

  @Test
  void offboardingAnUnknownTenantIsRememberedAndMakesALateCreatedStale() {
    Decision decision = admission.decide(null, offboard(5), AROUND);

    Tenant remembered = ((Decision.Stale) decision).remembered();
    assertThat(remembered).isNotNull();
    assertThat(remembered.status().sequence()).isZero();
    assertStale(remembered, upsert(4));
    assertThat(applied(remembered, upsert(6)).incarnation()).isEqualTo(1);
  }

  @Test
  void createdWhileTheTenantLeavesWaitsAndThenBeginsANewIncarnation() {
    Tenant leaving = applied(applied(null, upsert(1)), offboard(2));
    Tenant waiting = applied(leaving, upsert(3));

    assertThat(waiting.desired().mode()).isEqualTo(Mode.OFFBOARDED);
    assertThat(waiting.phase()).isEqualTo(Phase.OFFBOARDING);

    Tenant again = Admission.reborn(waiting, new PlanVersion("team", 2), NOW);
    assertThat(again.incarnation()).isEqualTo(2);
    assertThat(again.phase()).isEqualTo(Phase.ACCEPTED);
    assertThat(again.desired().generation()).isEqualTo(3);
    assertThat(again.desired().next()).isNull();
    assertThat(again.namespaces()).isEmpty();
  }

  @Test
  void anUpdateOfATenantThatLeavesIsTooEarlyForTheNextLifeAndNothingElse() {
    Tenant leaving = applied(applied(null, upsert(1)), offboard(2));

    assertThat(admission.decide(leaving, upsert(Origin.UPDATED, 4, "team"), AROUND))
        .isInstanceOfSatisfying(
            Decision.Early.class,
            early -> {
              assertThat(early.refusal().reason()).isEqualTo(Reason.TenantOffboarded);
              assertThat(early.message()).contains("generation 4", "created.v1");
            });
    Tenant waiting = applied(leaving, upsert(3));
    assertThat(applied(waiting, upsert(Origin.UPDATED, 4, "team")).desired().next().generation())
        .isEqualTo(4);
  }

  @Test
  void aSecondOffboardingCancelsTheSnapshotThatWaits() {
    Tenant waiting = applied(applied(applied(null, upsert(1)), offboard(2)), upsert(3));

    assertThat(applied(waiting, offboard(4)).desired().next()).isNull();
  }

  @Test
  void aRejectedRequestOfAnUnknownTenantLeavesARejectedTenantThatGoesOnLater() {
    Refusal refusal = new Refusal(Reason.InvalidData, "no");
    Tenant rejected = Admission.rejected(null, ACME, refusal, AROUND);

    assertThat(rejected.phase()).isEqualTo(Phase.REJECTED);
    assertThat(applied(rejected, upsert(1)).phase()).isEqualTo(Phase.ACCEPTED);
  }

  @Test
  void whateverTheOrderTheHighestGenerationWinsAndNumbersNeverFall() {
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      Tenant tenant = null;
      long highest = 0;
      for (int i = 0; i < 8; i++) {
        TenantRequest request = random(random);
        Tenant after = next(tenant, request);
        if (tenant != null && after != null) {
          assertThat(after.desired().generation())
              .isGreaterThanOrEqualTo(tenant.desired().generation());
          assertThat(after.revision()).isGreaterThanOrEqualTo(tenant.revision());
          assertThat(after.incarnation()).isGreaterThanOrEqualTo(tenant.incarnation());
        }
        highest = Math.max(highest, after == tenant ? 0 : request.generation());
        tenant = after;
      }
      assertThat(tenant == null ? 0 : tenant.desired().generation())
          .as("seed %d", seed)
          .isEqualTo(highest);
    }
  }

  private static TenantRequest random(Random random) {
    long generation = 1 + random.nextInt(10);
    return switch (random.nextInt(3)) {
      case 0 -> offboard(generation);
      case 1 -> upsert(Origin.UPDATED, generation, "team");
      default -> upsert(generation);
    };
  }

  private @Nullable Tenant next(@Nullable Tenant known, TenantRequest request) {
    return switch (admission.decide(known, request, AROUND)) {
      case Decision.Applied applied -> applied.tenant();
      case Decision.Stale stale -> stale.remembered() == null ? known : stale.remembered();
      case Decision.NotOurs no -> known;
      case Decision.Early early -> known;
      case Decision.Declined no -> known;
    };
  }

  private void assertStale(Tenant known, TenantRequest request) {
    assertThat(admission.decide(known, request, AROUND))
        .isInstanceOfSatisfying(
            Decision.Stale.class,
            stale -> {
              assertThat(stale.remembered()).isNull();
              assertThat(stale.message())
                  .contains(
                      "generation %d is not above %d"
                          .formatted(request.generation(), known.desired().generation()));
            });
  }

  private Tenant applied(@Nullable Tenant known, TenantRequest request) {
    return ((Decision.Applied) admission.decide(known, request, AROUND)).tenant();
  }

  private static TenantRequest upsert(long generation) {
    return upsert(Origin.CREATED, generation, "team");
  }

  private static TenantRequest upsert(Origin origin, long generation, String plan) {
    return new Upsert(ACME, origin, spec(generation, plan, null, null));
  }

  private static TenantRequest offboard(long generation) {
    return new Offboard(ACME, generation, "contract ended");
  }

  private static TenantSpec spec(
      long generation, String plan, @Nullable Integer sandboxes, @Nullable String cluster) {
    return new TenantSpec(
        generation,
        PlanRef.parse(plan).orElseThrow(),
        "Acme",
        List.of(new Subject(Subject.SubjectKind.Group, "owners", null)),
        List.of(),
        Map.of(),
        sandboxes,
        cluster,
        "{}");
  }
}
