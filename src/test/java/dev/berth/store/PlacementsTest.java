package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.Placement.Line;
import dev.berth.plan.Room;
import dev.berth.store.Placements.Applicant;
import dev.berth.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(StoreAlone.class)
class PlacementsTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Room ONE = new Room(1000, 10, 1);

  @Inject Placements placements;
  @Inject Tenants tenants;
  @Inject DataSource dataSource;

  @BeforeEach
  void threeTenants() throws Exception {
    Sql.empty(dataSource);
    List.of("a", "b", "c")
        .forEach(id ->
            QuarkusTransaction.requiringNew().run(() -> tenants.remember(Samples.tenant(id))));
  }

  @Test
  void aTenantTakesWhatItWasGivenUntilItIsReleased() {
    Applicant a = applicant("a", 50, 0);

    assertThat(in(() -> placements.held(a.tenant(), "pool"))).isEmpty();
    run(() -> placements.place(a, ONE));
    assertThat(in(() -> placements.held(a.tenant(), "pool"))).contains(ONE);
    assertThat(in(() -> placements.held(a.tenant(), "another pool"))).isEmpty();
    run(() -> placements.release(a.tenant()));
    assertThat(in(() -> placements.held(a.tenant(), "pool"))).isEmpty();
  }

  @Test
  void theOthersOfTheSamePoolCount() {
    run(() -> placements.place(applicant("a", 50, 0), new Room(5000, 50, 5)));
    run(() -> placements.place(new Applicant(new TenantId("b"), "another pool", 50, NOON), ONE));

    assertThat(line(applicant("c", 50, 0)))
        .isEqualTo(new Line(new Room(5000, 50, 5), 0, Room.NONE, 5));
    assertThat(line(applicant("a", 50, 0))).isEqualTo(new Line(Room.NONE, 0, Room.NONE, 0));
  }

  @Test
  void whoHasHigherPriorityOrCameEarlierIsAhead() {
    run(() -> placements.await(applicant("a", 80, 9), ONE));
    run(() -> placements.await(applicant("b", 50, 1), ONE));

    assertThat(line(applicant("c", 90, 5)).ahead()).isZero();
    assertThat(line(applicant("c", 80, 5)).ahead()).isZero();
    assertThat(line(applicant("c", 60, 0)).ahead()).isEqualTo(1);
    assertThat(line(applicant("c", 50, 2)).ahead()).isEqualTo(2);
    assertThat(line(applicant("c", 50, 2)).wantedAhead()).isEqualTo(new Room(2000, 20, 2));
  }

  @Test
  void whoHasSomeWaitsForTheRestOnly() {
    run(() -> placements.place(applicant("a", 50, 0), new Room(3000, 30, 3)));
    run(() -> placements.await(applicant("a", 50, 0), new Room(5000, 50, 5)));

    Line line = line(applicant("c", 50, 9));
    assertThat(line.taken()).isEqualTo(new Room(3000, 30, 3));
    assertThat(line.wantedAhead()).isEqualTo(new Room(2000, 20, 2));
  }

  @Test
  void whoLeavesTheLineHoldsUpNobody() {
    run(() -> placements.await(applicant("a", 50, 0), ONE));
    run(() -> placements.leaveLine(new TenantId("a")));

    assertThat(line(applicant("c", 50, 9)).ahead()).isZero();
  }

  @Test
  void releasedRoomMakesThoseWhoWaitDue() throws Exception {
    run(() -> placements.place(applicant("a", 50, 0), ONE));
    Sql.run(
        dataSource,
        "UPDATE tenant SET phase = 'WAITLISTED', next_run_at = now() + interval '1 hour' WHERE tenant_id = 'b'");
    tenants.awaitDue(Duration.ZERO);

    run(() -> placements.release(new TenantId("a")));

    assertThat(tenants.awaitDue(Duration.ZERO)).isTrue();
    assertThat(Sql.one(dataSource, "SELECT next_run_at <= now() FROM tenant WHERE tenant_id = 'b'"))
        .isEqualTo("t");
  }

  @Test
  void ofThreeThatWantTheLastPlaceAtOnceOneGetsIt() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    List<Future<Boolean>> attempts = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (String id : List.of("a", "b", "c")) {
        attempts.add(
            threads.submit(() ->
                QuarkusTransaction.requiringNew()
                    .call(() -> {
                      together.await();
                      placements.lock();
                      boolean free =
                          placements.line(applicant(id, 50, 0), WINDOW).taken().equals(Room.NONE);
                      if (free) {
                        placements.place(applicant(id, 50, 0), ONE);
                      }
                      return free;
                    })));
      }
      int placed = 0;
      for (Future<Boolean> attempt : attempts) {
        placed += attempt.get() ? 1 : 0;
      }
      assertThat(placed).isEqualTo(1);
    }
    assertThat(Sql.one(dataSource, "SELECT count(*) FROM placement")).isEqualTo("1");
  }

  private static Applicant applicant(String id, int priority, int minute) {
    return new Applicant(new TenantId(id), "pool", priority, NOON.plus(Duration.ofMinutes(minute)));
  }

  private Line line(Applicant applicant) {
    return in(() -> placements.line(applicant, WINDOW));
  }

  private static <T> T in(Callable<T> work) {
    return QuarkusTransaction.requiringNew().call(work);
  }

  private static void run(Runnable work) {
    QuarkusTransaction.requiringNew().run(work);
  }
}
