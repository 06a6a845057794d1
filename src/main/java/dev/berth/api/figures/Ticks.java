package dev.berth.api.figures;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;

/** Time that only goes on, however the clock of the machine is set: for how old something is. */
@DefaultBean
@Singleton
public class Ticks {

  /** Nanoseconds since a moment that means nothing: only what lies between two readings counts. */
  public long nanos() {
    return System.nanoTime();
  }
}
