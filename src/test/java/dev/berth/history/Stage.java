package dev.berth.history;

import dev.berth.delivery.ControlPlane;
import dev.berth.history.judge.Ears;
import dev.berth.history.judge.Eyes;
import dev.berth.history.judge.Judge;
import dev.berth.history.judge.evidence.Ledger;
import dev.berth.history.judge.evidence.Violation;
import dev.berth.history.plot.Deed;
import dev.berth.history.plot.Round;
import dev.berth.history.plot.Step;
import dev.berth.history.plot.Trouble;
import dev.berth.local.run.PackagedBerth;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The parts, two replicas and the judge, on which many rounds are played. */
final class Stage implements AutoCloseable {
  /** How soon everything must be well again once nothing is wrong any more. */
  private static final Duration REST = Pace.slowed(Duration.ofSeconds(75));

  /** What is promised at once. */
  private static final Duration PROMISED = Duration.ofSeconds(10);

  /** Each of them waits for the answer before the next call. */
  private static final int OPERATORS = 8;

  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Map<String, String> SETTINGS =
      Map.of(
          "BERTH_CATALOGUE_POLL", "1s",
          "BERTH_KUBERNETES_RUNTIME_CLASSES",
              String.join(",", "kata-vm-isolation", ClusterTroubles.SECOND, ClusterTroubles.NARROW),
          "BERTH_WORK_BLOCKED_RECHECK", "30s",
          "BERTH_WORK_BACKOFF_MAX", "5s",
          "BERTH_WORK_SWEEP", "20s",
          "BERTH_ISOLATION_AFTER", "1h",
          "BERTH_STORE_RELAY_IDLE_TIMEOUT", "5s");

  private final Clock clock = Clock.systemUTC();
  private final Ledger ledger = new Ledger();
  private final PackagedBerth berth;
  private final Plans plans;
  private final Processes processes;
  private final KubernetesClient breakGlass;
  private final ControlPlane controlPlane;
  private final ClusterTroubles cluster;
  private final Player player;
  private final Ears ears;
  private final Judge judge;
  private final ExecutorService database = Executors.newSingleThreadExecutor();
  private final ExecutorService hands = Executors.newSingleThreadExecutor();
  private final List<ExecutorService> operators =
      Stream.generate(Executors::newSingleThreadExecutor).limit(OPERATORS).toList();
  private final Map<Trouble.Kind, Integer> played = new EnumMap<>(Trouble.Kind.class);

  Stage(Path folder) {
    berth = PackagedBerth.besideNewParts("histories");
    plans = new Plans(folder.resolve("plans"));
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("BERTH_CATALOGUE_DIRECTORY", plans.folder());
    processes = new Processes(berth, folder, settings, ledger, clock);
    Config config = Config.fromKubeconfig(berth.cluster().kubeconfig().toFile());
    config.setImpersonateUsername("platform");
    config.setImpersonateGroups("system:masters", "berth:break-glass");
    breakGlass = new KubernetesClientBuilder().withConfig(config).build();
    controlPlane = new ControlPlane(berth.kafka());
    OperatorHands operator = new OperatorHands(processes::act, ledger.journal());
    player = new Player(controlPlane, breakGlass, operator, ledger, clock);
    Eyes eyes = new Eyes(breakGlass);
    ears = new Ears(berth.kafka().bootstrapServers(), clock);
    judge =
        new Judge(
            eyes, ears, processes::actionsOf, ledger, Plans.terms(), Pace.slowed(PROMISED), clock);
    ledger.narrow(ClusterTroubles.NARROW);
    cluster = new ClusterTroubles(new ClusterHands(breakGlass), eyes.guards(), plans);
    processes.start();
  }

  /** What was seen broken in the round, and how long the rest took. */
  record Outcome(List<Violation> violations, Duration rest, Map<String, String> last) {}

  Outcome play(Round round) throws Exception {
    int before = judge.violations().size();
    ledger.did(clock.instant(), Ledger.EVERYBODY, "round " + round);
    Agenda agenda = new Agenda();
    round
        .steps()
        .forEach(step ->
            agenda.add(step.at(), doer(step), () -> player.play(step.tenant(), step.deed())));
    round
        .troubles()
        .forEach(trouble -> {
          agenda.add(trouble.from(), doer(trouble), () -> begin(trouble));
          if (trouble.kind() != Trouble.Kind.NARROW_CLASS) {
            agenda.add(trouble.until(), doer(trouble), () -> end(trouble));
          }
        });
    agenda.run(Pace.slowed(round.length()), this::second);
    controlPlane.flush();
    Future<?> running = database.submit(processes::allRun);
    while (!running.isDone()) {
      second();
    }
    running.get();
    ledger.did(clock.instant(), Ledger.EVERYBODY, "all is well");
    Map<String, String> last = new HashMap<>();
    Duration rest = rest(last);
    List<Violation> found =
        List.copyOf(judge.violations().subList(before, judge.violations().size()));
    leave(round);
    return new Outcome(found, rest, last);
  }

  Judge judge() {
    return judge;
  }

  int kills() {
    return processes.kills();
  }

  Map<Trouble.Kind, Integer> played() {
    return played;
  }

  /** How often operators were answered in which way. */
  Map<String, Integer> answers() {
    return ledger.journal().tally();
  }

  @Override
  public void close() {
    hands.shutdownNow();
    operators.forEach(ExecutorService::shutdownNow);
    database.shutdownNow();
    processes.close();
    ears.close();
    controlPlane.close();
    breakGlass.close();
    berth.close();
  }

  private ExecutorService doer(Step step) {
    return step.deed() instanceof Deed.Act
        ? operators.get(Math.floorMod(step.tenant().hashCode(), OPERATORS))
        : hands;
  }

  private ExecutorService doer(Trouble trouble) {
    return isOfTheCluster(trouble) ? hands : database;
  }

  private static boolean isOfTheCluster(Trouble trouble) {
    return trouble.kind().compareTo(Trouble.Kind.PLAN_WITHDRAWN) <= 0;
  }

  private void begin(Trouble trouble) {
    played.merge(trouble.kind(), 1, Integer::sum);
    String what = "";
    if (isOfTheCluster(trouble)) {
      what = cluster.begin(trouble);
    } else {
      processes.begin(trouble);
    }
    ledger.did(clock.instant(), Ledger.EVERYBODY, "begin " + trouble + what);
  }

  private void end(Trouble trouble) {
    if (isOfTheCluster(trouble)) {
      cluster.end(trouble);
    } else {
      processes.end(trouble);
    }
    ledger.did(clock.instant(), Ledger.EVERYBODY, "end " + trouble.kind());
  }

  private void second() {
    long next = System.nanoTime() + LOOK.toNanos();
    judge.look();
    while (System.nanoTime() < next) {
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  /**
   * @param last becomes what came to rest last
   */
  private Duration rest(Map<String, String> last) {
    Instant begun = clock.instant();
    Map<String, String> unsettled = judge.unsettled();
    while (!unsettled.isEmpty() && clock.instant().isBefore(begun.plus(REST))) {
      last.clear();
      last.putAll(unsettled);
      second();
      unsettled = judge.unsettled();
    }
    unsettled.forEach((tenant, why) ->
        judge.report(new Violation(clock.instant(), "NoLongerMoves", tenant, why)));
    return Duration.between(begun, clock.instant());
  }

  /** All of the round's tenants go; that they are gone is judged at the next rest. */
  private void leave(Round round) throws Exception {
    round.troubles().stream()
        .filter(trouble -> trouble.kind() == Trouble.Kind.NARROW_CLASS)
        .forEach(this::end);
    round.steps().stream()
        .map(Step::tenant)
        .distinct()
        .forEach(tenant ->
            player.play(
                tenant,
                new Deed.Send("offboarding-requested", 1_000, "", List.of(), List.of(), 0)));
    controlPlane.flush();
  }
}
