package dev.berth.provisioning;

import dev.berth.catalogue.Catalogue;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends whatever waits or loops together with the application. It has no proxy, which would give a
 * fresh instance, with no end, to a thread that asks after the application is gone.
 */
@Singleton
public class Lifetime {

  private final CountDownLatch over = new CountDownLatch(1);
  private final CountDownLatch servingOrOver = new CountDownLatch(1);
  private final CountDownLatch plansOrOver = new CountDownLatch(1);

  void end(@Observes ShutdownEvent event) {
    end();
  }

  public void end() {
    over.countDown();
    servingOrOver.countDown();
    plansOrOver.countDown();
  }

  void serve(@ObservesAsync HttpServerStart start) {
    servingOrOver.countDown();
  }

  void serve(@ObservesAsync HttpsServerStart start) {
    servingOrOver.countDown();
  }

  /** After everybody who may refuse a catalogue, because the database does not hold with it. */
  void plan(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) Catalogue catalogue) {
    plansOrOver.countDown();
  }

  /**
   * Waits until the application serves its port and has plans that the database holds with: a
   * replica whose port is taken ends without having taken anything in hand, and one that is not
   * ready for work does none.
   *
   * @throws IllegalStateException if the application ends before
   */
  public void awaitServing() {
    try {
      servingOrOver.await();
      plansOrOver.await();
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

  /** Waits. False if the application ends or the thread is interrupted meanwhile. */
  public boolean pause(Duration wait) {
    try {
      return !over.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
