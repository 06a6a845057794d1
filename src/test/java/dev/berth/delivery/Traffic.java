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
import java.util.function.Consumer;

/** Sends what is due, ten times per second, whatever Berth is doing. */
public final class Traffic implements AutoCloseable {
  private static final long MILLISECONDS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ControlPlane controlPlane;
  private final Consumer<ControlPlane> next;
  private final Semaphore due = new Semaphore(0);
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Future<?> sending;

  /** One more tenant each time. */
  public Traffic(LocalKafka kafka, Arrivals arrivals) {
    this(kafka, controlPlane -> arrivals.next().forEach(controlPlane::send));
  }

  /**
   * @param next sends what is next
   */
  public Traffic(LocalKafka kafka, Consumer<ControlPlane> next) {
    this.controlPlane = new ControlPlane(kafka);
    this.next = next;
    this.sending = clock.scheduleAtFixedRate(this::sendOne, 0, MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  /** That many times more. */
  public void go(int times) {
    due.release(times);
  }

  private void sendOne() {
    if (due.tryAcquire()) {
      next.accept(controlPlane);
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
