package dev.berth.store.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.plan.capacity.Placement.Head;
import dev.berth.plan.capacity.Placement.Line;
import dev.berth.plan.capacity.Pool;
import dev.berth.plan.capacity.Room;
import dev.berth.store.Samples;
import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.store.search.PoolRooms;
import dev.berth.store.search.PoolRooms.PoolSum;
import dev.berth.store.tenants.Placements.Applicant;
import dev.berth.tenant.TenantId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A tenant that is moved takes room of some nodes and waits for others: it must hold up nobody who
 * wants room where it is.
 */
@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class LinesOfOtherNodesTest {

  private static final Room ONE = new Room(1000, 10, 1);
  private static final Room THREE = new Room(3000, 30, 3);
  private static final Pool HERE = new Pool("here");
  private static final Pool THERE = new Pool("there");

  @Inject Placements placements;
  @Inject PoolRooms rooms;
  @Inject Tenants tenants;
  @Inject DataSource dataSource;

  @BeforeEach
  void oneTakesRoomHereAndWaitsForSomeThere() throws Exception {
    Sql.empty(dataSource);
    for (String id : List.of("moved", "other")) {
      run(() -> tenants.remember(Samples.tenant(id)));
    }
    run(() -> placements.place(applicant("moved", HERE), THREE));
    run(() -> placements.await(applicant("moved", THERE), ONE));
  }

  @Test
  void itStandsInTheLineThereOnly() {
    run(() -> {
      assertThat(line(HERE)).isEqualTo(new Line(THREE, 0, Room.NONE, 3));
      assertThat(placements.ahead(applicant("other", HERE))).isZero();
      assertThat(placements.head(HERE)).isEmpty();

      assertThat(line(THERE)).isEqualTo(new Line(Room.NONE, 1, ONE, 0));
      assertThat(placements.ahead(applicant("other", THERE))).isOne();
      assertThat(placements.head(THERE)).contains(new Head(new TenantId("moved"), ONE));
      assertThat(placements.isInLine(applicant("moved", THERE), ONE)).isTrue();
    });
    assertThat(rooms.sums())
        .containsExactly(
            new PoolSum(HERE, THREE, Room.NONE, 0), new PoolSum(THERE, Room.NONE, ONE, 1));
  }

  @Test
  void itKeepsItsRoomHereUntilItIsGivenSomeThere() throws Exception {
    run(() -> placements.await(applicant("other", HERE), ONE));
    rest();
    run(() -> {
      assertThat(placements.held(new TenantId("moved"), HERE)).contains(THREE);
      placements.place(applicant("moved", THERE), ONE);
      assertThat(placements.held(new TenantId("moved"), HERE)).isEmpty();
      assertThat(placements.head(THERE)).isEmpty();
    });
    awaitDue("other");
  }

  @Test
  void theNextOfBothLinesIsWokenWhereItLeaves() throws Exception {
    run(() -> placements.await(applicant("other", THERE), ONE));
    rest();
    run(() -> placements.release(new TenantId("moved")));
    awaitDue("other");
  }

  @Test
  void theNextOfTheLineThatItLeavesForAnotherIsWoken() throws Exception {
    run(() -> placements.await(applicant("other", THERE), ONE));
    rest();
    run(() -> placements.await(applicant("moved", HERE), ONE));
    awaitDue("other");
  }

  @Test
  void theNextOfTheLineIsWokenWhereItStaysAfterAll() throws Exception {
    run(() -> placements.await(applicant("other", THERE), ONE));
    rest();
    run(() -> placements.place(applicant("moved", HERE), ONE));
    awaitDue("other");
  }

  private void rest() throws Exception {
    Sql.run(dataSource, "UPDATE tenant SET next_run_at = NULL");
  }

  private void awaitDue(String id) {
    await()
        .untilAsserted(() ->
            assertThat(
                    Sql.one(
                        dataSource, "SELECT max(tenant_id) FROM tenant WHERE next_run_at <= now()"))
                .isEqualTo(id));
  }

  private Line line(Pool pool) {
    return placements.line(applicant("other", pool), Duration.ofMinutes(1));
  }

  private static Applicant applicant(String id, Pool pool) {
    return new Applicant(new TenantId(id), pool, 50);
  }

  private static void run(Runnable work) {
    QuarkusTransaction.requiringNew().run(work);
  }
}
