package dev.berth.monitoring;

import static io.restassured.RestAssured.given;

import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import dev.berth.monitoring.stage.Sabotage;
import dev.berth.monitoring.stage.Snapshot;
import dev.berth.monitoring.stage.Watch;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Faults of PostgreSQL. */
final class DatabaseFaults {

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final Database database = Stage.DATABASE;
  private final Watch watch;
  private final String tenant = Stage.tenant("busy");
  private int generation = 1;

  DatabaseFaults(Watch watch) {
    this.watch = watch;
  }

  void happen() {
    controlPlane.creates(tenant, Wish.of("starter"));
    status.awaitReady(tenant, 1);
    aTableIsLocked();
    othersAreGivenRoom();
    othersTakeTheTenant();
    theDatabaseIsAway();
  }

  private void aTableIsLocked() {
    Snapshot before = watch.calm();
    CompletableFuture<?> slow;
    try (Database.Lock lock = database.locksTenants()) {
      slow = CompletableFuture.runAsync(() -> given().get("/api/v1/tenants/" + tenant));
      lock.holdsFor(Duration.ofMillis(500));
    }
    slow.join();
    watch.records(
        "a table is locked for long",
        before,
        watch.calm(),
        "BerthApiSlow critical",
        "BerthApiSlow warning");
  }

  private void othersAreGivenRoom() {
    Snapshot before = watch.calm();
    String next = Stage.tenant("next");
    try (Sabotage.Hold hold = Sabotage.holdsTheLockForRoom()) {
      controlPlane.creates(next, Wish.of("starter"));
      Snapshot behind =
          watch.untilBusy(
              s -> s.sum("berth_due_oldest_seconds") > 1 && s.sum("berth_outbox_pending") == 0);
      watch.records(
          "nobody is given room",
          before,
          behind,
          "BerthTenantStuck warning",
          "BerthWorkBehind warning");
    }
    status.awaitReady(next, 1);
  }

  private void othersTakeTheTenant() {
    Snapshot before = watch.calm();
    double fenced = before.sum("berth_claims_total", "fenced");
    watch.untilBusy(s -> {
      controlPlane.updates(tenant, Wish.of("starter").generation(++generation));
      for (int i = 0; i < 20; i++) {
        Sabotage.change("UPDATE tenant SET epoch = epoch + 1 WHERE lease_until IS NOT NULL");
      }
      return s.sum("berth_claims_total", "fenced") > fenced;
    });
    watch.records("others take tenants over", before, watch.calm(), "BerthFencedWrites warning");
  }

  private void theDatabaseIsAway() {
    Snapshot before = watch.calm();
    Snapshot away;
    try (Sabotage.Hold closed = Sabotage.closesTheDatabase()) {
      controlPlane.updates(tenant, Wish.of("starter").generation(++generation));
      away =
          watch.untilBusy(s -> {
            boolean late = s.sum("berth_record_oldest_unacknowledged_seconds") > 5.5;
            if (!late) {
              given().get("/api/v1/tenants");
            }
            return late;
          });
      watch.records(
          "PostgreSQL is away",
          before,
          away,
          "BerthApiFailing critical",
          "BerthApiFailing warning",
          "BerthApiSlow critical",
          "BerthApiSlow warning",
          "BerthDatabaseUnreachable critical",
          "BerthIngestStalled critical");
    }
    Snapshot back = watch.until(s -> s.sum("berth_tenants") > 0);
    watch.records(
        "records waited for their verdict",
        before.withCountersOf(away),
        back,
        "BerthVerdictsLate critical",
        "BerthVerdictsLate warning");
  }
}
