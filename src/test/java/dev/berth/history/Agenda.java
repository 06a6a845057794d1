package dev.berth.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * What is to be done at which moment, and by which hand; each hand does one thing after another.
 */
final class Agenda {
  private final List<Item> items = new ArrayList<>();
  private final List<Future<?>> done = new ArrayList<>();

  private record Item(Duration at, ExecutorService by, Runnable what) {}

  void add(Duration at, ExecutorService by, Runnable what) {
    items.add(new Item(Pace.slowed(at), by, what));
  }

  /**
   * Returns when all is done, and the length of it is over; calls {@code meanwhile} all the time.
   */
  void run(Duration length, Runnable meanwhile) throws InterruptedException, ExecutionException {
    items.sort(Comparator.comparing(Item::at));
    long begun = System.nanoTime();
    Thread clockwork = Thread.ofVirtual().start(() -> goThrough(begun));
    while (System.nanoTime() - begun < length.toNanos() || clockwork.isAlive()) {
      meanwhile.run();
    }
    clockwork.join();
    for (Future<?> item : done) {
      item.get(); // tells what went wrong
    }
  }

  private void goThrough(long begun) {
    for (Item item : items) {
      long due = begun + item.at().toNanos();
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      done.add(item.by().submit(item.what()));
    }
  }
}
