package dev.berth.provisioning.work;

import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work.Finding;
import dev.berth.plan.capacity.Placement;
import dev.berth.plan.capacity.Placement.Ceiling;
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
import java.util.Optional;
import java.util.TreeMap;

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

  /** Why the tenant has to wait for room; empty = it was given what it needs. */
  Optional<Finding> waits(Tenant tenant, Plan plan, SandboxClass runtime, int granted) {
    Applicant applicant =
        new Applicant(
            tenant.id(), new TreeMap<>(runtime.nodeSelector()).toString(), plan.priority());
    Optional<Room> held = placements.held(tenant.id(), applicant.pool());
    Placement placement = Placement.of(plan, runtime, held.orElse(Room.NONE), granted);
    if (held.isPresent() && held.get().equals(placement.wanted())) {
      return Optional.empty();
    }
    if (placement.wanted().isWithin(placement.held()) || standsAlready(tenant, runtime, held)) {
      placements.place(applicant, placement.wanted());
      return Optional.empty();
    }
    boolean inLine = placements.isInLine(applicant, placement.wanted());
    long ahead = inLine ? placements.ahead(applicant) : 0;
    if (ahead == 0) {
      placements.lock();
      ahead = placements.ahead(applicant);
    }
    if (ahead == 0) {
      return first(applicant, placement);
    }
    if (!inLine) {
      placements.await(applicant, placement.wanted());
    }
    return Optional.of(behind(tenant, ahead));
  }

  /** Of the first in the line, or of one that finds nobody there. */
  private Optional<Finding> first(Applicant applicant, Placement placement) {
    Ceiling limits =
        new Ceiling(config.overcommit(), config.startsPerNode().orElse(Long.MAX_VALUE));
    Optional<Finding> waits =
        placement.waits(placements.line(applicant, config.startWindow()), limits);
    if (waits.isEmpty()) {
      placements.place(applicant, placement.wanted());
      return waits;
    }
    placements.await(applicant, placement.wanted());
    if (waits.get().reason() == Reason.TooManyStarts) {
      placements.wakeHead(applicant.pool(), config.startWindow());
    }
    return waits;
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

  /** Something else than room holds the tenant back. */
  void holdsNobodyUp(Tenant tenant) {
    if (tenant.status().phase() == Phase.WAITLISTED) {
      placements.leaveLine(tenant.id());
    }
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
