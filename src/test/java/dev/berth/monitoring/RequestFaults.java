package dev.berth.monitoring;

import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Letter;
import dev.berth.journey.stage.PlanFolder;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import dev.berth.monitoring.stage.Sabotage;
import dev.berth.monitoring.stage.Snapshot;
import dev.berth.monitoring.stage.Watch;

/** Faults of records, events and tenants. */
final class RequestFaults {

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final Watch watch;

  RequestFaults(Watch watch) {
    this.watch = watch;
  }

  void happen() {
    recordsThatAreNotTaken();
    theRelayCannotBegin();
    aPlanThatIsNotThere();
    aRowThatCannotBeRead();
  }

  private void recordsThatAreNotTaken() {
    String tenant = Stage.tenant("refused");
    Snapshot before = watch.calm();
    controlPlane.sends(Letter.event("created.v1", tenant, "{}").without("ce_id"));
    Snapshot waits = watch.until(s -> s.sum("berth_outbox_set_aside") > 0);
    watch.records(
        "Kafka does not take an event",
        before,
        waits,
        "BerthOutboxStuck warning",
        "BerthQuarantineWaiting warning");
    Snapshot late = watch.until(s -> s.sum("berth_outbox_set_aside_oldest_seconds") > 10.5);
    Sabotage.change("DELETE FROM refused");
    Watched.takesEverything();
    Snapshot after = watch.until(s -> s.sum("berth_outbox_set_aside") == 0 && isLate(s));
    Snapshot until = before.withCountersOf(late);
    watch.records(
        "events were published late",
        until,
        after,
        "BerthEventsLate critical",
        "BerthEventsLate warning");
    watch.recordsSeldom("few events were published late", until, after);
  }

  /** As a missing right to the transactional id; RelayIT shows that the gauges tell it so. */
  private void theRelayCannotBegin() {
    Snapshot before = watch.until(s -> s.sum("berth_relay_publishing") > 0);
    Snapshot during = before.with("berth_relay_publishing", 0).with("berth_relay_failing", 1);
    watch.records("no replica can publish", before, during, "BerthOutboxStuck warning");
  }

  private static boolean isLate(Snapshot snapshot) {
    return snapshot.sum("berth_publish_delay_seconds_count")
        > snapshot.sum("berth_publish_delay_seconds_bucket", "le=\"10.0\"");
  }

  private void aPlanThatIsNotThere() {
    Snapshot before = watch.calm();
    String early = Stage.tenant("early");
    controlPlane.creates(early, Wish.of("of-tomorrow"));
    Snapshot stuck = watch.until(s -> s.sum("berth_tenants", "BLOCKED") == 1);
    watch.records("a tenant's plan is not there", before, stuck, "BerthTenantStuck warning");
    Sabotage.acceptedEarlier(early, 40);
    PlanFolder.release("of-tomorrow", "starter");
    Snapshot opened = watch.until(s -> s.sum("berth_tenants", "BLOCKED") == 0);
    watch.records(
        "tenants became ready late",
        stuck,
        opened,
        "BerthOnboardingSlow critical",
        "BerthOnboardingSlow warning");
    status.awaitReady(early, 1);
  }

  private void aRowThatCannotBeRead() {
    String tenant = Stage.tenant("unreadable");
    controlPlane.creates(tenant, Wish.of("starter"));
    status.awaitReady(tenant, 1);
    Snapshot readable = watch.calm();
    try (Sabotage.Hold spoilt = Sabotage.spoils(tenant)) {
      controlPlane.updates(tenant, Wish.of("starter").generation(2));
      Snapshot unreadable =
          watch.until(s -> {
            // Who looks at the tenant just now has read it before, and says when it is next.
            Sabotage.change("UPDATE tenant SET next_run_at = now() WHERE desired::text = '[]'");
            return s.sum("berth_requests_parked") > 0
                && s.sum("berth_claims_total", "unplannable") > 0;
          });
      watch.records("a row cannot be read", readable, unreadable, "BerthTenantUnreadable warning");
      Sabotage.change("DELETE FROM parked");
    }
    watch.until(s -> s.sum("berth_requests_parked") == 0);
  }
}
