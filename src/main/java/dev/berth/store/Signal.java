package dev.berth.store;

import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the one thread that waits when a transaction of this JVM has committed. A signal raised
 * while nobody waits is kept for the next wait.
 */
public final class Signal {

  private final TransactionSynchronizationRegistry transactions;
  private final Semaphore raised = new Semaphore(0);

  public Signal(TransactionSynchronizationRegistry transactions) {
    this.transactions = transactions;
  }

  /** Raises the signal when the caller's transaction has committed, and {@code delay} after it. */
  public void raiseAfterCommit(Duration delay) {
    AfterCommit.run(transactions, () -> raise(delay));
  }

  private void raise(Duration delay) {
    if (delay.isZero()) {
      raised.release();
    } else {
      CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
          .execute(raised::release);
    }
  }

  /** Waits for the signal, at most for {@code patience}. True if it was raised. */
  public boolean await(Duration patience) throws InterruptedException {
    boolean seen = raised.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    raised.drainPermits();
    return seen;
  }
}
