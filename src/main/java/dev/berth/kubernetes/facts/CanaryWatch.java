package dev.berth.kubernetes.facts;

import dev.berth.kubernetes.facts.FactReading.Holdings;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Canary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * When pods are tried in the canary namespaces: whenever the rules for pods have changed, again
 * once such a change is in force, and on a slow timer; soon again where a trial gave no result or
 * found the sandbox open. A class keeps its last result until a trial gives another one.
 */
final class CanaryWatch implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(CanaryWatch.class);

  /** The API server takes up to a second to act on a changed policy. */
  private static final Duration UNTIL_IN_FORCE = Duration.ofMillis(1500);

  private static final Duration RETRY = Duration.ofSeconds(2);

  private final CanaryTrial trial;
  private final Duration interval;
  private final Clock clock;
  private final Runnable changed;
  private final Map<String, Canary> results = new ConcurrentHashMap<>();
  private final Set<String> tried = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sandbox-canary").factory());

  private @Nullable Tried rules;
  private List<SandboxClass> candidates = List.of();
  private Instant inForce = Instant.EPOCH;
  private Instant lastTried = Instant.MIN;
  private boolean asked;
  private Future<?> next = CompletableFuture.completedFuture(null);

  CanaryWatch(CanaryTrial trial, Duration interval, Clock clock, Runnable changed) {
    this.trial = trial;
    this.interval = interval;
    this.clock = clock;
    this.changed = changed;
  }

  /** What decides on a pod. */
  private record Tried(Set<?> classes, Set<?> policies) {}

  Canary result(String runtimeClass) {
    return results.getOrDefault(runtimeClass, Canary.UNPROVEN);
  }

  boolean hasTried(Collection<SandboxClass> classes) {
    return classes.stream().allMatch(c -> tried.contains(c.name()));
  }

  /**
   * Whether pods were tried since the last change of the rules is in force. Until then the results
   * tell of the rules before it.
   */
  synchronized boolean isCurrent() {
    return !lastTried.isBefore(inForce);
  }

  /** Tries these classes at once where the cluster holds other rules than before. */
  synchronized void follow(Holdings holdings, List<SandboxClass> classes) {
    Tried now = new Tried(Set.copyOf(holdings.classes()), Set.copyOf(holdings.served().policies()));
    if (now.equals(rules)) {
      return;
    }
    rules = now;
    candidates = classes;
    List<String> names = classes.stream().map(SandboxClass::name).toList();
    results.keySet().retainAll(names);
    tried.retainAll(names);
    inForce = clock.instant().plus(UNTIL_IN_FORCE);
    asked = true;
    lookIn(Duration.ZERO);
  }

  /** Nothing is tried until {@link #follow}, and then everything; results stay. */
  synchronized void pause() {
    rules = null;
    candidates = List.of();
    tried.clear();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void look() {
    Instant begun = clock.instant();
    boolean settled = false;
    try {
      settled = begin().stream().map(this::tryOut).reduce(true, Boolean::logicalAnd);
    } catch (RuntimeException e) {
      LOG.warnf("the canary namespaces cannot be tried, trying again: %s", e);
    } catch (Error e) {
      LOG.error("the canary namespaces cannot be tried, trying again", e);
    } finally {
      end(begun, settled);
    }
  }

  private synchronized List<SandboxClass> begin() {
    asked = false;
    return candidates;
  }

  /** False where it is to be tried again soon. */
  private boolean tryOut(SandboxClass candidate) {
    Canary now = trial.run(candidate).orElse(Canary.UNPROVEN);
    if (now != Canary.UNPROVEN) {
      results.put(candidate.name(), now);
    }
    tried.add(candidate.name());
    return now != Canary.UNPROVEN && now != Canary.OPEN;
  }

  private synchronized void end(Instant begun, boolean settled) {
    lastTried = begun;
    changed.run();
    Duration pause =
        isCurrent() ? (settled ? interval : RETRY) : Duration.between(clock.instant(), inForce);
    lookIn(asked ? Duration.ZERO : pause);
  }

  private void lookIn(Duration delay) {
    next.cancel(false);
    if (!thread.isShutdown()) {
      next = thread.schedule(this::look, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
