package dev.berth.kubernetes.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.kubernetes.object.Difference;
import dev.berth.kubernetes.object.Headway;
import dev.berth.kubernetes.object.Namespaces;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.EndlessWatch;
import dev.berth.kubernetes.server.KubernetesConfig;
import dev.berth.kubernetes.server.Live;
import dev.berth.kubernetes.server.Pages;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource.Key;
import dev.berth.plan.Resource.Kind;
import dev.berth.plan.capacity.Usage;
import dev.berth.provisioning.Assignment;
import dev.berth.tenant.condition.Reason;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tenants' quotas, by one watch over all of them: what runs under each, and whether it is
 * enforced, which is when the controller has taken its {@code spec.hard} over into {@code
 * status.hard}. The watch notifies all who wait for that, so no one polls. The watch only saves
 * time: a waiter that hears nothing for a second reads the quota itself, and a wait that does not
 * end is over after some seconds, and is repeated.
 */
@Singleton
public class QuotaWatch implements Usage.Quotas {

  private static final String ALL =
      "/api/v1/resourcequotas?limit=500&fieldSelector=metadata.name%3Dberth";
  private static final Duration LONGEST_LISTING = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration UNTIL_REREAD = Duration.ofSeconds(1);
  private static final Duration RECHECK = Duration.ofMillis(500);

  private final ApiServer api;
  private final Namespaces namespaces;
  private final Clock clock;
  private final Map<String, BlockingQueue<Live>> waiting = new ConcurrentHashMap<>();
  private final QuotaCopy copy;
  private final EndlessWatch watch;

  @Inject
  QuotaWatch(
      ApiServer api,
      Namespaces namespaces,
      KubernetesConfig config,
      Clock clock,
      Event<Usage.Freed> event) {
    this(api, namespaces, new EndlessWatch.Patience(config.watchSilence(), clock), event::fire);
  }

  public QuotaWatch(
      ApiServer api,
      Namespaces namespaces,
      EndlessWatch.Patience patience,
      Consumer<Usage.Freed> listener) {
    this.api = api;
    this.namespaces = namespaces;
    this.clock = patience.clock();
    this.copy = new QuotaCopy(listener);
    this.watch = new EndlessWatch(api, patience, ALL, this::list, this::tell);
  }

  void onStart(@Observes StartupEvent started) {
    start();
  }

  public void start() {
    watch.start();
  }

  @Override
  public Optional<Usage> of(String namespace) {
    return watch.isLive() ? copy.of(namespace) : Optional.empty();
  }

  Outcome awaitBinding(String namespace, Assignment assignment) {
    start();
    BlockingQueue<Live> news = new LinkedBlockingQueue<>();
    waiting.put(namespace, news);
    try {
      Key key = new Key(namespace, Kind.ResourceQuota, "berth");
      Answer got = api.get(ApiPath.object(key), assignment.deadline());
      if (got.isOk()) {
        return awaitBinding(got.object(), key, news, assignment.deadline());
      }
      // No pod can come into a namespace that is gone.
      Optional<Outcome> gone =
          got.isAbsent() ? namespaces.unlessOpen(namespace, assignment) : Optional.empty();
      return gone.orElseGet(() -> Answers.outcome(got, "reading " + key));
    } finally {
      waiting.remove(namespace, news);
    }
  }

  private Outcome awaitBinding(Live quota, Key key, BlockingQueue<Live> news, Instant deadline) {
    long read = version(quota);
    Duration patience = Duration.between(clock.instant(), deadline);
    if (patience.compareTo(LONGEST_WAIT) > 0) {
      patience = LONGEST_WAIT;
    }
    long end = System.nanoTime() + patience.toNanos();
    Live latest = quota;
    while (!binds(latest) && System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      Live told = next(news, end);
      // The watch may lag behind what was just read.
      if (told == null) {
        latest = reread(latest, key, deadline);
      } else if (version(told) > read) {
        latest = told;
      }
    }
    // Whoever plans next must not know less than this.
    copy.raise(latest);
    return binds(latest) ? new Outcome.Done(latest.uid()) : unenforced(latest, key);
  }

  private Outcome unenforced(Live quota, Key key) {
    Instant now = clock.instant();
    Headway headway = Headway.sinceWritten(quota, now);
    return headway.isLost(now)
        ? new Outcome.Rejected(
            Reason.QuotaNotEnforced,
            "%s was written at %s and is not enforced: the quota controller has not taken it over; check that kube-controller-manager works"
                .formatted(key, headway.last()))
        : new Outcome.InProgress(
            Reason.QuotaNotYetEnforced,
            key + " is not enforced yet: the quota controller has not taken it over",
            RECHECK);
  }

  /** Events during the restart of the watch reached no one. */
  private Live reread(Live latest, Key key, Instant deadline) {
    Answer got = api.get(ApiPath.object(key), deadline);
    return got.isOk() ? got.object() : latest;
  }

  private static @Nullable Live next(BlockingQueue<Live> news, long end) {
    try {
      long left = Math.min(end - System.nanoTime(), UNTIL_REREAD.toNanos());
      return news.poll(left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private static boolean binds(Live quota) {
    JsonNode wanted = quota.json().at("/spec/hard");
    JsonNode enforced = quota.json().at("/status/hard");
    if (wanted.size() != enforced.size()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> hard : wanted.properties()) {
      String amount = enforced.path(hard.getKey()).asText();
      if (!Difference.sameQuantity(hard.getValue().asText(), amount)) {
        return false;
      }
    }
    return true;
  }

  private static long version(Live live) {
    return Long.parseLong(live.resourceVersion());
  }

  @PreDestroy
  void stop() {
    watch.close();
  }

  private String list() {
    Set<String> found = new HashSet<>();
    String version =
        Pages.read(
            api,
            ALL,
            clock.instant().plus(LONGEST_LISTING),
            quota -> {
              copy.take(quota);
              found.add(QuotaCopy.namespace(quota));
            });
    copy.keepOnly(found);
    return version;
  }

  private void tell(JsonNode event) {
    Live quota = new Live(event.path("object"));
    BlockingQueue<Live> news = waiting.get(QuotaCopy.namespace(quota));
    if (news != null) {
      news.add(quota);
    }
    if (event.path("type").asText().equals("DELETED")) {
      copy.forget(quota);
    } else {
      copy.take(quota);
    }
  }
}
