package dev.berth.kubernetes;

import dev.berth.kubernetes.FactReading.Holdings;
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
import java.util.Optional;
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
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final Duration LOOK_INTERVAL = Duration.ofMinutes(1);

  private final Duration staleAfter;
  private final Clock clock;
  private final Consumer<ClusterFacts> listener;
  private final FactReading reading;
  private final Discovery discovery;
  private final ClusterCopy copy;
  private final CanaryWatch canaries;
  private final OfferReading offer;
  private final AtomicBoolean hinted = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("cluster-facts").factory());

  private volatile ClusterFacts facts = ClusterFacts.UNKNOWN;
  private Optional<String> version = Optional.empty();
  private Instant nextHeartbeat = Instant.EPOCH;
  private Instant nextLook = Instant.EPOCH;
  private Instant lastWatching = Instant.EPOCH;

  @Inject
  ClusterWatch(
      KubernetesClient client,
      ApiServer api,
      KubernetesConfig config,
      Clock clock,
      Event<ClusterFacts> event) {
    this(client, api, config, clock, (Consumer<ClusterFacts>) event::fire);
  }

  ClusterWatch(
      KubernetesClient client,
      ApiServer api,
      KubernetesConfig config,
      Clock clock,
      Consumer<ClusterFacts> listener) {
    this.staleAfter = config.staleAfter();
    this.clock = clock;
    this.listener = listener;
    this.reading = new FactReading(ShippedPolicies.load(), config);
    this.discovery = new Discovery(api, clock);
    this.offer = new OfferReading(api, clock);
    this.copy = new ClusterCopy(client, discovery, this::hint);
    this.canaries =
        new CanaryWatch(new CanaryTrial(api, clock), config.canaryInterval(), clock, this::hint);
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
    canaries.close();
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
    attempt(this::listen);
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

  /** A watch whose connection is dead only looks quiet, so the API server is asked as well. */
  private void listen() {
    if (!clock.instant().isBefore(nextHeartbeat)) {
      version = discovery.version();
      nextHeartbeat = clock.instant().plus(HEARTBEAT);
    }
  }

  private void look() {
    if (version.isPresent() && !clock.instant().isBefore(nextLook)) {
      copy.lookForOptionalKinds();
      offer.look();
      nextLook = clock.instant().plus(LOOK_INTERVAL);
    }
  }

  private void refresh() {
    ClusterFacts now = read();
    if (!now.equals(facts)) {
      facts = now;
      LOG.infof("facts of the cluster: %s", now);
      listener.accept(now);
    }
  }

  private ClusterFacts read() {
    if (!isCurrent()) {
      canaries.pause();
      return ClusterFacts.UNKNOWN;
    }
    Holdings holdings = copy.holdings(version.orElse(facts.version()));
    ClusterFacts read = reading.read(holdings, canaries::result).with(offer.with(holdings.nodes()));
    canaries.follow(holdings, read.classes());
    boolean tried = facts.known() || !read.probe() || canaries.hasTried(read.classes());
    return tried ? read : ClusterFacts.UNKNOWN;
  }

  private boolean isCurrent() {
    if (version.isPresent() && copy.isWatching()) {
      lastWatching = clock.instant();
    }
    return copy.isComplete()
        && offer.isComplete()
        && clock.instant().isBefore(lastWatching.plus(staleAfter));
  }
}
