package dev.berth.provisioning.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.process.SettableClock;
import dev.berth.plan.Samples;
import dev.berth.plan.isolation.IsolationCheck;
import dev.berth.plan.isolation.IsolationCheck.Right;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.RoleGrant;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.IsolationProbe;
import dev.berth.provisioning.Pieces;
import dev.berth.store.InstallationInMemory;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.Status;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Subject.SubjectKind;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** L8: how long a report takes, and how long others wait for theirs, on a slow API server. */
class IsolationRunTest {

  private static final Duration CALL = Duration.ofMillis(20);
  private static final int AT_A_TIME = 4;

  private final Pieces pieces = new Pieces();
  private final SettableClock clock = pieces.clock;
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void aTenantWithHundredsOfPeopleIsDoneInTwoMinutesAndLetsOthersHaveTheirTurn() {
    Tenant tenant = tenant(100, 1);
    IsolationRun run = run(new SlowCluster(true));

    Instant begun = clock.instant();
    Turn turn = toTheEnd(run, tenant);

    assertThat(turn.report()).isPresent();
    assertThat(Duration.between(begun, clock.instant())).isLessThan(Duration.ofMinutes(2));
    assertThat(calls.get()).isBetween(200, 6000);
    assertThat(turn.report().orElseThrow().lines())
        .extracting(IsolationLine::subject)
        .contains("User owner0", "User owner99", "User viewer0", "User viewer99");
  }

  @Test
  void whereBindingsAreNotKnownEverybodyIsAskedEverythingAndNoTurnIsLonger() {
    Tenant tenant = tenant(20, 1);
    IsolationRun run = run(new SlowCluster(false));

    Turn turn = toTheEnd(run, tenant);

    assertThat(turn.report()).isPresent();
    assertThat(calls.get()).isGreaterThan(8000);
  }

  @Test
  void whatWasAnsweredIsNotAskedAgainUnlessTheTenantIsAnotherOneNow() {
    IsolationRun run = run(new SlowCluster(false));
    Turn first = run.turn(tenant(20, 1));
    assertThat(first.report()).isEmpty();
    assertThat(first.silent()).isFalse();
    assertThat(first.answered()).isPositive();

    assertThat(run.turn(tenant(20, 1)).answered()).isGreaterThan(first.answered());
    assertThat(run.turn(tenant(20, 2)).answered()).isLessThanOrEqualTo(first.answered() + 50);

    clock.goesOn(Duration.ofHours(1));
    assertThat(run.turn(tenant(20, 2)).answered()).isLessThanOrEqualTo(first.answered() + 50);
  }

  @Test
  void anAnswerThatDoesNotComeEndsTheTurnAndKeepsTheOthers() {
    SlowCluster cluster = new SlowCluster(true);
    IsolationRun run = run(cluster);
    cluster.silentAfter = 100;

    Turn silent = run.turn(tenant(2, 1));

    assertThat(silent.silent()).isTrue();
    assertThat(silent.report()).isEmpty();
    assertThat(silent.answered()).isPositive();
    cluster.silentAfter = Integer.MAX_VALUE;
    assertThat(toTheEnd(run, tenant(2, 1)).report()).isPresent();
  }

  /** Turn by turn to the end; none takes so long that others would wait for more than 10 s. */
  private Turn toTheEnd(IsolationRun run, Tenant tenant) {
    Turn turn;
    do {
      Instant begun = clock.instant();
      turn = run.turn(tenant);
      assertThat(Duration.between(begun, clock.instant())).isLessThan(Duration.ofSeconds(10));
    } while (turn.report().isEmpty() && !turn.silent());
    return turn;
  }

  /** One whose every answer takes its time, of which some are under way at once. */
  private final class SlowCluster implements IsolationProbe {
    private final boolean tellsBindings;
    private volatile int silentAfter = Integer.MAX_VALUE;

    SlowCluster(boolean tellsBindings) {
      this.tellsBindings = tellsBindings;
    }

    @Override
    public Optional<IsolationLine> ask(IsolationCheck check, Assignment assignment) {
      int questions = check instanceof Right right ? right.permission().verbs().size() : 1;
      clock.goesOn(CALL.multipliedBy(questions).dividedBy(AT_A_TIME));
      return calls.addAndGet(questions) > silentAfter
          ? Optional.empty()
          : Optional.of(
              IsolationLine.of(check, check.expected(), "RBAC", IsolationLine.LineResult.PASSED));
    }

    @Override
    public Optional<List<RoleGrant>> grants(Set<String> namespaces, Assignment assignment) {
      clock.goesOn(CALL.multipliedBy(namespaces.size() + 1));
      return tellsBindings ? Optional.of(List.of()) : Optional.empty();
    }
  }

  private IsolationRun run(IsolationProbe probe) {
    return new IsolationRun(
        pieces.plans, Samples::healthy, probe, new InstallationInMemory(), pieces.config, clock);
  }

  private static Tenant tenant(int people, long revision) {
    TenantSpec spec =
        new TenantSpec(
            1,
            new PlanRef("enterprise", null),
            "Acme",
            users("owner", people),
            users("viewer", people),
            Map.of(),
            8,
            null,
            "{}");
    Condition ready = Condition.of(ConditionType.Ready, Reason.Provisioned, "", 1, Instant.EPOCH);
    return new Tenant(
        new TenantId("acme"),
        new Tenant.Life(1, List.of()),
        new Tenant.Revision(revision, new Cause("c", "e", null)),
        new Desired(Desired.Mode.ACTIVE, 1, spec, null, null),
        Status.NONE.with(Conditions.of(List.of(ready))));
  }

  private static List<Subject> users(String name, int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> new Subject(SubjectKind.User, name + i, null))
        .toList();
  }
}
