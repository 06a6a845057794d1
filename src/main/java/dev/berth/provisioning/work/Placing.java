package dev.berth.provisioning.work;

import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work.Finding;
import dev.berth.plan.capacity.Placement;
import dev.berth.plan.capacity.Placement.Ceiling;
import dev.berth.plan.capacity.Placement.Head;
import dev.berth.plan.capacity.Pool;
import dev.berth.plan.capacity.Room;
import dev.berth.plan.capacity.Usage;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.pools.PoolLine;
import dev.berth.store.tenants.Placements;
import dev.berth.store.tenants.Placements.Applicant;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives room on the nodes for sandboxes, in the transaction that claims a tenant: two replicas
 * never give the last place away twice.
 */
@ApplicationScoped
class Placing {

  /** How old the sum may be that those who wait are told. */
  private static final Duration SUM_LASTS = Duration.ofSeconds(5);

  private final Placements placements;
  private final Usage.Quotas quotas;
  private final PoolLine poolLine;
  private final ProvisioningConfig.CapacitySettings config;
  private final Clock clock;
  private final Map<Pool, Sum> sums = new ConcurrentHashMap<>();

  Placing(
      Placements placements,
      Usage.Quotas quotas,
      PoolLine poolLine,
      ProvisioningConfig config,
      Clock clock) {
    this.placements = placements;
    this.quotas = quotas;
    this.poolLine = poolLine;
    this.config = config.capacity();
    this.clock = clock;
  }

  private record Sum(Room free, Instant until) {}

  /** What came of an application for room. */
  sealed interface Grant {

    /**
     * The tenant has the room that it needs.
     *
     * @param keepsMore whether it takes more than that, until what it gave up is free
     * @param over what is said of it if more runs than it is granted; null = nothing
     */
    record Given(boolean keepsMore, @Nullable Finding over) implements Grant {}

    /** The tenant is on the waiting list, or not even there: it would never have its turn. */
    record Withheld(Finding why) implements Grant {}
  }

  /** Gives the tenant the room that it needs, or puts it on the waiting list, if it could fit. */
  Grant apply(Tenant tenant, Plan plan, SandboxClass runtime, int granted) {
    Applicant applicant = new Applicant(tenant.id(), Pool.of(runtime), plan.priority());
    Optional<Room> held = placements.held(tenant.id(), applicant.pool());
    Placement asked = Placement.of(plan, runtime, held.orElse(Room.NONE), granted);
    Optional<Usage> usage =
        held.isEmpty() ? Optional.of(Usage.NOTHING) : quotas.of(tenant.namespaces());
    Placement placement = asked.keeping(usage);
    Grant given =
        new Grant.Given(!placement.equals(asked), usage.flatMap(asked::overGrant).orElse(null));
    if (held.isPresent() && held.get().equals(placement.wanted())) {
      placements.leaveWaitingList(tenant.id()); // for more, or for other nodes
      return given;
    }
    if (placement.wanted().isWithin(placement.held()) || standsAlready(tenant, runtime, held)) {
      placements.place(applicant, placement.wanted());
      return given;
    }
    Optional<Finding> never =
        poolLine.most(plan, runtime).flatMap(most -> asked.neverFits(most, limits()));
    if (never.isPresent()) {
      placements.leaveWaitingList(tenant.id());
      return new Grant.Withheld(never.get());
    }
    return inTurn(tenant, applicant, placement).<Grant>map(Grant.Withheld::new).orElse(given);
  }

  /** Why the tenant waits; empty = it was given what it needs. */
  private Optional<Finding> inTurn(Tenant tenant, Applicant applicant, Placement placement) {
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
    Head head = placements.head(applicant.pool()).orElse(null);
    return Optional.of(Placement.behind(ahead, known(tenant), head, free(applicant, placement)));
  }

  /** For the first in line, or for one with none ahead. */
  private Optional<Finding> giveOrQueue(Applicant applicant, Placement placement) {
    Optional<Finding> waits =
        placement.waits(placements.line(applicant, config.startWindow()), limits());
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

  private Ceiling limits() {
    return new Ceiling(config.overcommit(), config.startsPerNode().orElse(Long.MAX_VALUE));
  }

  /** All who wait are told the same for a while: there may be thousands of them. */
  private Room free(Applicant applicant, Placement placement) {
    Instant now = clock.instant();
    return sums.compute(
            applicant.pool(),
            (pool, known) ->
                known != null && now.isBefore(known.until())
                    ? known
                    : new Sum(
                        placement.free(placements.line(applicant, config.startWindow()), limits()),
                        now.plus(SUM_LASTS)))
        .free();
  }

  private static Reason known(Tenant tenant) {
    return tenant
        .status()
        .conditions()
        .get(ConditionType.PlacementReady)
        .map(Condition::reason)
        .filter(reason -> reason == Reason.TooManyStarts)
        .orElse(Reason.NoRoom);
  }

  /** For a tenant that something else than room holds back: it must not hold up others. */
  void leaveWaitingList(Tenant tenant) {
    placements.leaveWaitingList(tenant.id());
  }

  /**
   * For a tenant that is not to wait. One that was never opened also gives back what it was given
   * meanwhile, unless something runs there: nobody is let in, so nothing new can.
   */
  void withdraw(Tenant tenant) {
    placements.leaveWaitingList(tenant.id());
    boolean runsNothing =
        quotas.of(tenant.namespaces()).map(Usage::used).filter(Room.NONE::equals).isPresent();
    if (tenant.status().appliedPlan() == null && runsNothing) {
      placements.giveBack(tenant.id());
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
