package dev.berth.provisioning.isolation;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Plan;
import dev.berth.plan.isolation.IsolationCheck;
import dev.berth.plan.isolation.IsolationChecks;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.RoleGrant;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Assignment.Owner;
import dev.berth.provisioning.IsolationProbe;
import dev.berth.provisioning.Plans;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.Installation;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.ConditionType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Puts every check of a tenant to the cluster, with no transaction open. */
@ApplicationScoped
class IsolationRun {

  /** Questions at a time: the API server has more to do. */
  private static final int PARALLEL = 4;

  /** For how long one tenant is asked about before the next one has its turn. */
  static final Duration TURN = Duration.ofSeconds(5);

  /** For the answers that are under way at the end of a turn. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration FRESH = Duration.ofMinutes(15);

  private final Plans plans;
  private final Supplier<ClusterFacts> facts;
  private final IsolationProbe probe;
  private final Installation installation;
  private final String cluster;
  private final Clock clock;
  private final Map<TenantId, Partial> answered = new ConcurrentHashMap<>();
  private final ExecutorService executor =
      Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory());

  /** What was answered in turns before this one. */
  private record Partial(long revision, Instant begun, Map<IsolationCheck, IsolationLine> lines) {}

  IsolationRun(
      Plans plans,
      Supplier<ClusterFacts> facts,
      IsolationProbe probe,
      Installation installation,
      ProvisioningConfig config,
      Clock clock) {
    this.plans = plans;
    this.facts = facts;
    this.probe = probe;
    this.installation = installation;
    this.cluster = config.cluster();
    this.clock = clock;
  }

  /**
   * Asks for a while, and goes on where the last turn of this tenant on this replica ended. What
   * was answered too long ago, or of another revision, is asked again.
   */
  Turn turn(Tenant tenant) {
    Instant now = clock.instant();
    answered.values().removeIf(partial -> partial.begun().isBefore(now.minus(FRESH)));
    Assignment assignment =
        new Assignment(Owner.of(tenant), installation.id(cluster), now.plus(TURN).plus(PATIENCE));
    List<IsolationCheck> checks = checks(tenant, assignment);
    Partial partial = answered.get(tenant.id());
    if (partial == null || partial.revision() != tenant.revision()) {
      partial = new Partial(tenant.revision(), now, new ConcurrentHashMap<>());
      answered.put(tenant.id(), partial);
    }
    boolean silent = !askAll(checks, partial.lines(), assignment, now.plus(TURN));
    Turn turn = new Turn(tenant, checks, partial.lines(), silent, clock.instant());
    if (turn.isOver()) {
      answered.remove(tenant.id());
    }
    return turn;
  }

  /** None while policies of the previous release are in force: they refuse less than this asks. */
  private List<IsolationCheck> checks(Tenant tenant, Assignment assignment) {
    ClusterFacts now = facts.get();
    return now.known()
            && tenant.status().conditions().isTrue(ConditionType.Ready)
            && !now.admission().isUpgrading()
        ? plans.of(tenant).map(plan -> checks(tenant, plan, now, assignment)).orElse(List.of())
        : List.of();
  }

  private List<IsolationCheck> checks(
      Tenant tenant, Plan plan, ClusterFacts now, Assignment assignment) {
    List<RoleGrant> grants =
        probe.grants(IsolationChecks.places(tenant, plan), assignment).orElse(null);
    return IsolationChecks.of(tenant, plan, now, grants);
  }

  /** False if one got no answer: then the rest is not asked now. */
  private boolean askAll(
      List<IsolationCheck> checks,
      Map<IsolationCheck, IsolationLine> lines,
      Assignment assignment,
      Instant end) {
    AtomicBoolean answers = new AtomicBoolean(true);
    List<CompletableFuture<Void>> asked =
        checks.stream()
            .filter(check -> !lines.containsKey(check))
            .map(check ->
                CompletableFuture.runAsync(
                    () -> {
                      if (answers.get() && clock.instant().isBefore(end)) {
                        Optional<IsolationLine> line = probe.ask(check, assignment);
                        line.ifPresent(answer -> lines.put(check, answer));
                        answers.compareAndSet(true, line.isPresent());
                      }
                    },
                    executor))
            .toList();
    asked.forEach(CompletableFuture::join);
    return answers.get();
  }
}
