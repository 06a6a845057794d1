package dev.berth.kubernetes;

import dev.berth.plan.ClusterFacts;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The facts of the cluster as they are now, announced whenever they change. They are unknown until
 * all of them were read, and again when the watches have been broken for too long; a cluster that
 * is down delays them and nothing else.
 */
@ApplicationScoped
public class ClusterWatch implements Supplier<ClusterFacts> {

  private static final Logger LOG = Logger.getLogger(ClusterWatch.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration LOOK_INTERVAL = Duration.ofMinutes(1);

  private final Duration staleAfter;
  private final Clock clock;
  private final Consumer<ClusterFacts> listener;
  private final FactReading reading;
  private final ClusterCopy copy;
  private final AtomicBoolean hinted = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("cluster-facts").factory());

  private volatile ClusterFacts facts = ClusterFacts.UNKNOWN;
  private Instant nextLook = Instant.EPOCH;
  private Instant lastWatching = Instant.EPOCH;

  @Inject
  ClusterWatch(
      KubernetesClient client, KubernetesConfig config, Clock clock, Event<ClusterFacts> event) {
    this(client, config, clock, (Consumer<ClusterFacts>) event::fire);
  }

  ClusterWatch(
      KubernetesClient client,
      KubernetesConfig config,
      Clock clock,
      Consumer<ClusterFacts> listener) {
    this.staleAfter = config.staleAfter();
    this.clock = clock;
    this.listener = listener;
    this.reading = new FactReading(ShippedPolicies.load(), config);
    this.copy = new ClusterCopy(client, this::hint);
  }

  void onStart(@Observes StartupEvent started) {
    start();
  }

  void start() {
    copy.open();
    thread.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public ClusterFacts get() {
    return facts;
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
    copy.close();
  }

  /** Many changes at once are read once. */
  private void hint() {
    if (!thread.isShutdown() && hinted.compareAndSet(false, true)) {
      thread.execute(this::tick);
    }
  }

  private void tick() {
    hinted.set(false);
    attempt(this::look);
    attempt(this::refresh);
  }

  private static void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.warnf("the facts of the cluster cannot be brought up to date, trying again: %s", e);
    }
  }

  private void look() {
    if (!clock.instant().isBefore(nextLook)) {
      copy.lookForMutating();
      nextLook = clock.instant().plus(LOOK_INTERVAL);
    }
  }

  private void refresh() {
    ClusterFacts now = isCurrent() ? reading.read(copy.holdings()) : ClusterFacts.UNKNOWN;
    if (!now.equals(facts)) {
      facts = now;
      LOG.infof("facts of the cluster: %s", now);
      listener.accept(now);
    }
  }

  private boolean isCurrent() {
    if (copy.isWatching()) {
      lastWatching = clock.instant();
    }
    return copy.isComplete() && clock.instant().isBefore(lastWatching.plus(staleAfter));
  }
}
