package dev.berth.provisioning;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets whatever waits or loops end with the application. No proxy stands before it: one would give
 * a fresh instance, which knows of no end, to a thread that asks after the application is gone.
 */
@Singleton
public class Lifetime {

  private final CountDownLatch over = new CountDownLatch(1);
  private final CountDownLatch servingOrOver = new CountDownLatch(1);

  void end(@Observes ShutdownEvent event) {
    end();
  }

  public void end() {
    over.countDown();
    servingOrOver.countDown();
  }

  void serve(@ObservesAsync HttpServerStart start) {
    servingOrOver.countDown();
  }

  void serve(@ObservesAsync HttpsServerStart start) {
    servingOrOver.countDown();
  }

  /**
   * Waits until the application serves its port: a replica whose port is taken ends without having
   * taken anything in hand.
   *
   * @throws IllegalStateException if the application ends before
   */
  public void awaitServing() {
    try {
      servingOrOver.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    if (isOver()) {
      throw new IllegalStateException("Berth is shutting down");
    }
  }

  public boolean isOver() {
    return over.getCount() == 0;
  }

  /** Waits; true if it is over before. An interrupt ends the wait. */
  public boolean endsWithin(Duration wait) {
    try {
      return over.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return isOver();
    }
  }

  /**
   * Waits.
   *
   * @throws IllegalStateException if the application ends meanwhile
   */
  public void pause(Duration wait) {
    try {
      if (over.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("Berth is shutting down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
