package dev.berth.kubernetes.facts;

import dev.berth.kubernetes.facts.FactReading.Holdings;
import dev.berth.kubernetes.policy.ShippedPolicies;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.EndlessWatch;
import dev.berth.kubernetes.server.KubernetesConfig;
import dev.berth.plan.ClusterFacts;
import dev.berth.provisioning.Backoff;
import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.Loop;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The facts of the cluster as they are now. They are unknown until all of them were read, and again
 * when one of their watches has been broken or silent for too long, when the API server does not
 * answer, and when nothing keeps them up to date; a cluster that is down delays only them.
 */
@ApplicationScoped
public class ClusterWatch implements Supplier<ClusterFacts> {

  private static final Logger LOG = Logger.getLogger(ClusterWatch.class);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final Duration LOOK_INTERVAL = Duration.ofMinutes(1);

  private final Duration staleAfter;
  private final Clock clock;
  private final FactReading reading;
  private final Discovery discovery;
  private final ClusterCopy copy;
  private final CanaryWatch canaries;
  private final OfferReading offer;
  private final Lifetime lifetime = new Lifetime();
  private final Semaphore hints = new Semaphore(0);

  private volatile ClusterFacts facts = ClusterFacts.UNKNOWN;
  private volatile Instant validUntil = Instant.MIN;
  private volatile List<String> remarks = List.of();
  private volatile Awaited awaited = new Awaited(List.of("the first look"), Instant.MAX);
  private List<String> told = List.of();
  private Optional<String> version = Optional.empty();
  private Instant nextHeartbeat = Instant.EPOCH;
  private Instant nextLook = Instant.EPOCH;

  public ClusterWatch(ApiServer api, KubernetesConfig config, Clock clock) {
    this.staleAfter = config.staleAfter();
    this.clock = clock;
    this.reading = new FactReading(ShippedPolicies.load(), config);
    this.discovery = new Discovery(api, clock);
    this.offer = new OfferReading(api, clock);
    this.copy =
        new ClusterCopy(
            api,
            new EndlessWatch.Patience(config.watchSilence(), clock),
            discovery,
            hints::release);
    this.canaries =
        new CanaryWatch(
            new CanaryTrial(api, clock), config.canaryInterval(), clock, hints::release);
  }

  /**
   * What the facts wait for.
   *
   * @param what of the API server; empty = nothing
   * @param since when anything was waited for without a pause
   */
  record Awaited(List<String> what, Instant since) {

    Awaited then(List<String> now, Instant at) {
      return new Awaited(now, what.isEmpty() || since.isAfter(at) ? at : since);
    }

    @Override
    public String toString() {
      return String.join(", ", what) + ", since " + since;
    }
  }

  void onStart(@Observes StartupEvent started) {
    start();
  }

  public void start() {
    awaited = awaited.then(awaited.what(), clock.instant());
    copy.open();
    String complaint = "the facts of the cluster cannot be updated";
    Loop.start(lifetime, "cluster-facts", complaint, new Backoff(TICK, TICK), this::round);
  }

  @Override
  public ClusterFacts get() {
    return clock.instant().isBefore(validUntil) ? facts : ClusterFacts.UNKNOWN;
  }

  /** What cannot be read, and what is not as it must be. */
  List<String> troubles() {
    return Stream.concat(copy.troubles().stream(), remarks.stream()).toList();
  }

  /** When the facts were last known to be as the cluster is; {@link Instant#MIN} = never. */
  Instant readAt() {
    return validUntil.equals(Instant.MIN) ? Instant.MIN : validUntil.minus(staleAfter);
  }

  /** Of how many collections something was heard, and since when of every one of them. */
  String heard() {
    return copy.heard();
  }

  /** What is waited for while the facts are unknown. */
  Awaited awaited() {
    return awaited;
  }

  @PreDestroy
  public void stop() {
    lifetime.end();
    canaries.close();
    copy.close();
  }

  /** Many changes at once are read once. */
  private void round() throws InterruptedException {
    hints.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS);
    hints.drainPermits();
    try {
      listen();
      look();
    } finally {
      refresh();
      tell();
    }
  }

  /** A quiet watch does not show soon that the API server is down. */
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

  /** Facts that cannot be read are not kept beyond their time. */
  private void refresh() {
    Instant now = clock.instant();
    boolean live = version.isPresent() && offer.isComplete() && copy.isLive();
    Instant until = live ? now.plus(staleAfter) : validUntil;
    ClusterFacts read = now.isBefore(until) ? read() : unknown();
    if (!read.equals(facts)) {
      facts = read;
      LOG.infof("facts of the cluster: %s", read);
    }
    validUntil = until;
    awaited = awaited.then(lacking(live && !read.known()), now);
  }

  /**
   * @param untried whether all was read, and only pods must be tried yet
   */
  private List<String> lacking(boolean untried) {
    List<String> lacking = new ArrayList<>();
    if (version.isEmpty()) {
      lacking.add("an answer to /version within 2 s");
    }
    lacking.addAll(copy.awaited());
    if (!offer.isComplete()) {
      lacking.add("what it serves, and the lists of storage and priority classes");
    }
    if (untried) {
      lacking.add("an answer to pods that are tried in the canary namespaces");
    }
    return List.copyOf(lacking);
  }

  private ClusterFacts unknown() {
    canaries.pause();
    return ClusterFacts.UNKNOWN;
  }

  private ClusterFacts read() {
    boolean current = canaries.isCurrent();
    Holdings holdings = copy.holdings(version.orElse(facts.admission().version()));
    ClusterFacts read = reading.read(holdings, canaries::result).with(offer.with(holdings.nodes()));
    canaries.follow(holdings, read.classes());
    remarks = reading.remarks(holdings, read);
    if (facts.known() && !(current && canaries.isCurrent())) {
      read = read.withFaultsOf(facts);
    }
    boolean tried = facts.known() || !read.admission().probe() || canaries.hasTried(read.classes());
    return tried ? read : ClusterFacts.UNKNOWN;
  }

  /** What is told already is no news. */
  private void tell() {
    List<String> now = new ArrayList<>(troubles());
    if (!get().known() && awaited.since().plus(staleAfter).isBefore(clock.instant())) {
      now.add("the facts of the cluster are not known, and wait for " + awaited);
    }
    now.stream().filter(trouble -> !told.contains(trouble)).forEach(LOG::warn);
    told = now;
  }
}
