package dev.berth.api.plans;

import dev.berth.api.problem.Busy;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** So many at a time; whoever comes beyond them is sent away. */
final class Turns {

  private final int most;
  private final Semaphore free;

  Turns(int most) {
    this.most = most;
    this.free = new Semaphore(most);
  }

  <T> T take(Supplier<T> work) {
    if (!free.tryAcquire()) {
      throw new Busy(most);
    }
    try {
      return work.get();
    } finally {
      free.release();
    }
  }
}
