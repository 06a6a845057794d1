package dev.berth.store;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** What follows once the caller's transaction has committed, and not if it rolls back. */
public record AfterCommit(Runnable then) implements Synchronization {

  public static void run(TransactionSynchronizationRegistry transactions, Runnable then) {
    transactions.registerInterposedSynchronization(new AfterCommit(then));
  }

  @Override
  public void beforeCompletion() {}

  @Override
  public void afterCompletion(int status) {
    if (status == Status.STATUS_COMMITTED) {
      then.run();
    }
  }
}
