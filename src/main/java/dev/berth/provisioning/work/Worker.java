package dev.berth.provisioning.work;

import dev.berth.provisioning.Activity;
import dev.berth.provisioning.Backoff;
import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.Loop;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.work.Claims.Task;
import dev.berth.provisioning.work.WakeUps.Sight;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps claiming and working, as many tenants at a time as the configuration allows; also while
 * nothing is known of the cluster, because taking away needs no facts. Claims nothing while Berth
 * observes.
 */
@ApplicationScoped
class Worker {

  private static final Logger LOG = Logger.getLogger(Worker.class);
  private static final Backoff AFTER_FAILURE =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final Claims claims;
  private final Reconciler reconciler;
  private final Lifetime lifetime;
  private final WakeUps wakeUps;
  private final Activity activity;
  private final ProvisioningConfig.WorkSettings pace;
  private final boolean observes;
  private final Semaphore free;
  private final Executor beside = Executors.newVirtualThreadPerTaskExecutor();

  Worker(
      Claims claims,
      Reconciler reconciler,
      Lifetime lifetime,
      WakeUps wakeUps,
      Activity activity,
      ProvisioningConfig config) {
    this.claims = claims;
    this.reconciler = reconciler;
    this.lifetime = lifetime;
    this.wakeUps = wakeUps;
    this.activity = activity;
    this.pace = config.work();
    this.observes = config.mode().observes();
    this.free = new Semaphore(pace.tenantsInFlight());
  }

  void start(@Observes StartupEvent event) {
    if (!observes) {
      String complaint = "due tenants cannot be claimed";
      Loop.start(lifetime, "berth-worker", complaint, AFTER_FAILURE, this::round);
    }
  }

  /** What is left in hand could be taken over by nobody before its lease has run out. */
  void finish(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event)
      throws InterruptedException {
    int all = pace.tenantsInFlight();
    if (!free.tryAcquire(all, FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.infof(
          "%d tenants are still worked on, others take them over when their leases end",
          all - free.availablePermits());
    }
  }

  private void round() throws InterruptedException {
    lifetime.awaitServing();
    int begun = runDue(beside);
    if (!wakeUps.isInformed()) {
      lifetime.pause(pace.poll()); // everybody who is due comes back until something is known
    } else if (begun == 0) {
      claims.awaitDue(pace.poll());
    }
  }

  /**
   * Claims the tenants that are due now, as many as may be worked on beside those that are, and has
   * them worked on. Claims come first, so that whatever tenants were looked at with is delivered
   * after it.
   *
   * @param hands that do the work: beside this thread, or in it
   * @return how many
   */
  int runDue(Executor hands) throws InterruptedException {
    free.acquire();
    int slots = 1 + free.drainPermits();
    List<Task> tasks = List.of();
    Sight now;
    try {
      now = wakeUps.look();
      tasks = claims.take(slots, now);
    } finally {
      free.release(slots - tasks.size());
    }
    tasks.forEach(task -> hands.execute(() -> work(task)));
    wakeUps.deliver(now);
    if (!tasks.isEmpty()) {
      activity.worked();
    }
    return tasks.size();
  }

  private void work(Task task) {
    try {
      reconciler.work(task);
    } catch (RuntimeException | Error e) {
      if (!lifetime.isOver()) {
        LOG.errorf(
            e, "tenant=%s is worked on again when its claim ends", task.claim().tenant().id());
      }
    } finally {
      free.release();
    }
  }
}
