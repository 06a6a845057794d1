package dev.berth.provisioning.work;

import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work.Finding;
import dev.berth.plan.capacity.Placement;
import dev.berth.plan.capacity.Placement.Ceiling;
import dev.berth.plan.capacity.Pool;
import dev.berth.plan.capacity.Room;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.tenants.Placements;
import dev.berth.store.tenants.Placements.Applicant;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives room on the nodes for sandboxes, in the transaction that claims a tenant: two replicas
 * never give the last place away twice.
 */
@ApplicationScoped
class Placing {

  private final Placements placements;
  private final ProvisioningConfig.CapacitySettings config;

  Placing(Placements placements, ProvisioningConfig config) {
    this.placements = placements;
    this.config = config.capacity();
  }

  /** What came of an application for room. */
  sealed interface Grant {

    /** The tenant has the room that it needs. */
    record Given() implements Grant {}

    /** The tenant is on the waiting list. */
    record Waitlisted(Finding why) implements Grant {}
  }

  /** Gives the tenant the room that it needs, or puts it on the waiting list. */
  Grant apply(Tenant tenant, Plan plan, SandboxClass runtime, int granted) {
    Applicant applicant = new Applicant(tenant.id(), Pool.of(runtime), plan.priority());
    Optional<Room> held = placements.held(tenant.id(), applicant.pool());
    Placement placement = Placement.of(plan, runtime, held.orElse(Room.NONE), granted);
    if (held.isPresent() && held.get().equals(placement.wanted())) {
      return new Grant.Given();
    }
    if (placement.wanted().isWithin(placement.held()) || standsAlready(tenant, runtime, held)) {
      return give(applicant, placement);
    }
    boolean inLine = placements.isInLine(applicant, placement.wanted());
    long ahead = inLine ? placements.ahead(applicant) : 0;
    if (ahead == 0) {
      placements.lock();
      ahead = placements.ahead(applicant);
    }
    if (ahead == 0) {
      return giveOrQueue(applicant, placement);
    }
    if (!inLine) {
      placements.await(applicant, placement.wanted());
    }
    return new Grant.Waitlisted(behind(tenant, ahead));
  }

  /** For the first in line, or for one with none ahead. */
  private Grant giveOrQueue(Applicant applicant, Placement placement) {
    Ceiling limits =
        new Ceiling(config.overcommit(), config.startsPerNode().orElse(Long.MAX_VALUE));
    Optional<Finding> waits =
        placement.waits(placements.line(applicant, config.startWindow()), limits);
    if (waits.isEmpty()) {
      return give(applicant, placement);
    }
    placements.await(applicant, placement.wanted());
    if (waits.get().reason() == Reason.TooManyStarts) {
      placements.wakeHead(applicant.pool(), config.startWindow());
    }
    return new Grant.Waitlisted(waits.get());
  }

  private Grant give(Applicant applicant, Placement placement) {
    placements.place(applicant, placement.wanted());
    return new Grant.Given();
  }

  private static Finding behind(Tenant tenant, long ahead) {
    Reason known =
        tenant
            .status()
            .conditions()
            .get(ConditionType.PlacementReady)
            .map(Condition::reason)
            .filter(reason -> reason == Reason.TooManyStarts)
            .orElse(Reason.NoRoom);
    return Placement.behind(ahead, known);
  }

  /** For a tenant that something else than room holds back: it must not hold up others. */
  void leaveWaitingList(Tenant tenant, Plan plan) {
    Status status = tenant.status();
    boolean isCounted = plan.nodePool() != null && !plan.id().equals(status.appliedPlan());
    if (status.phase() == Phase.WAITLISTED || isCounted) {
      placements.leaveWaitingList(tenant.id());
    }
  }

  /** How long the tenant was on the waiting list before it was given room for the first time. */
  Duration waited(Tenant tenant) {
    return placements.waited(tenant.id());
  }

  void release(Tenant tenant) {
    placements.release(tenant.id());
  }

  /** Opened on these nodes before room was counted. A move to others asks as a new tenant does. */
  private static boolean standsAlready(Tenant tenant, SandboxClass runtime, Optional<Room> held) {
    Status status = tenant.status();
    boolean moves =
        !status.runtimes().isEmpty() && !status.runtimes().getLast().name().equals(runtime.name());
    return held.isEmpty() && !moves && status.observedGeneration() == tenant.desired().generation();
  }
}
