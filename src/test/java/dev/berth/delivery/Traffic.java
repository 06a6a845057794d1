package dev.berth.delivery;

import static org.awaitility.Awaitility.await;

import dev.berth.delivery.evidence.Arrivals;
import dev.berth.local.LocalKafka;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Sends what arrives, ten tenants per second, whatever Berth is doing. */
public final class Traffic implements AutoCloseable {
  private static final long MILLISECONDS_PER_TENANT = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ControlPlane controlPlane;
  private final Arrivals arrivals;
  private final Semaphore due = new Semaphore(0);
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Future<?> sending;

  public Traffic(LocalKafka kafka, Arrivals arrivals) {
    this.controlPlane = new ControlPlane(kafka);
    this.arrivals = arrivals;
    this.sending =
        clock.scheduleAtFixedRate(this::sendOne, 0, MILLISECONDS_PER_TENANT, TimeUnit.MILLISECONDS);
  }

  /** That many more tenants are to come. */
  public void go(int tenants) {
    due.release(tenants);
  }

  private void sendOne() {
    if (due.tryAcquire()) {
      arrivals.next().forEach(controlPlane::send);
    }
  }

  /** Returns when Kafka has taken all that was to come. */
  public void awaitEnd() throws Exception {
    await("all that was to come")
        .atMost(PATIENCE)
        .until(() -> due.availablePermits() == 0 || sending.isDone());
    if (sending.isDone()) {
      sending.get(); // tells why it ended
    }
    sending.cancel(false);
    clock.close();
    controlPlane.flush();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    controlPlane.close();
  }
}
