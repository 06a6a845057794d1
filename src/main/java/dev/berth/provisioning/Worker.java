package dev.berth.provisioning;

import dev.berth.catalogue.Catalogue;
import dev.berth.plan.ClusterFacts;
import dev.berth.provisioning.Claims.Task;
import dev.berth.store.Tenants;
import dev.berth.tenant.Phase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps claiming and working, as many tenants at a time as the configuration allows. While nothing
 * is known of the cluster nothing is claimed: no tenant could be judged.
 */
@ApplicationScoped
class Worker {

  private static final Logger LOG = Logger.getLogger(Worker.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Set<Phase> HELD_BACK =
      EnumSet.of(Phase.BLOCKED, Phase.FAILED, Phase.DEGRADED, Phase.WAITLISTED);
  private static final Set<Phase> OPEN_OR_HELD_BACK =
      EnumSet.of(
          Phase.BLOCKED,
          Phase.FAILED,
          Phase.DEGRADED,
          Phase.WAITLISTED,
          Phase.READY,
          Phase.UPDATING,
          Phase.PROVISIONING);

  private final Claims claims;
  private final Reconciler reconciler;
  private final Tenants tenants;
  private final Lifetime lifetime;
  private final Supplier<ClusterFacts> facts;
  private final Activity activity;
  private final ProvisioningConfig.Work pace;
  private final Semaphore free;
  private final AtomicReference<@Nullable ClusterFacts> lastKnown = new AtomicReference<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  Worker(
      Claims claims,
      Reconciler reconciler,
      Tenants tenants,
      Lifetime lifetime,
      Supplier<ClusterFacts> facts,
      Activity activity,
      ProvisioningConfig config) {
    this.activity = activity;
    this.facts = facts;
    this.claims = claims;
    this.reconciler = reconciler;
    this.tenants = tenants;
    this.lifetime = lifetime;
    this.pace = config.work();
    this.free = new Semaphore(pace.tenantsInFlight());
  }

  void start(@Observes StartupEvent event) {
    Thread.ofPlatform().name("berth-worker").daemon().start(this::run);
  }

  private void run() {
    while (!lifetime.isOver()) {
      try {
        lifetime.awaitServing();
        round();
      } catch (RuntimeException e) {
        if (!lifetime.isOver()) {
          LOG.warnf("due tenants cannot be claimed, trying again: %s", e);
          pause();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void pause() {
    try {
      lifetime.pause(AFTER_FAILURE);
    } catch (IllegalStateException e) {
      LOG.debug("ends", e);
    }
  }

  private void round() throws InterruptedException {
    if (!facts.get().known()) {
      lifetime.pause(pace.poll());
      return;
    }
    free.acquire();
    int slots = 1 + free.drainPermits();
    List<Task> tasks = List.of();
    try {
      tasks = claims.take(slots);
    } finally {
      free.release(slots - tasks.size());
    }
    tasks.forEach(task -> executor.execute(() -> work(task)));
    if (tasks.isEmpty()) {
      tenants.awaitDue(pace.poll());
    } else {
      activity.worked();
    }
  }

  private void work(Task task) {
    try {
      reconciler.work(task);
    } catch (RuntimeException e) {
      if (!lifetime.isOver()) {
        LOG.errorf(
            e, "tenant=%s is worked on again when its claim ends", task.claim().tenant().id());
      }
    } finally {
      free.release();
    }
  }

  /**
   * Open tenants are concerned by a change of what guards them; the first facts after a start are
   * taken for unchanged while they are sound.
   */
  void onFacts(@Observes ClusterFacts facts) {
    if (!facts.known()) {
      return;
    }
    ClusterFacts before = lastKnown.getAndSet(facts);
    boolean same = before == null ? facts.isSound() : facts.guaranteesAs(before);
    wake(same ? HELD_BACK : OPEN_OR_HELD_BACK);
  }

  void onCatalogue(@ObservesAsync Catalogue catalogue) {
    wake(HELD_BACK);
  }

  private void wake(Set<Phase> concerned) {
    QuarkusTransaction.requiringNew().run(() -> tenants.makeDue(concerned));
  }

  /** Whoever did it, the tenant is looked at at once. */
  void onDrift(@Observes Drift drift) {
    QuarkusTransaction.requiringNew().run(() -> tenants.makeDue(drift.namespace()));
  }
}
