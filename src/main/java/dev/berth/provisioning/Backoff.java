package dev.berth.provisioning;

import java.time.Duration;

/**
 * The wait between attempts: doubles from {@code first} up to {@code most}, spread by up to a
 * fifth.
 */
public record Backoff(Duration first, Duration most) {

  /**
   * The wait before the next attempt.
   *
   * @param attempt failed attempts so far, from 1
   * @param spread from 0 to 1, to keep many tenants apart
   */
  public Duration after(int attempt, double spread) {
    long doubled = first.toMillis() << Math.min(attempt - 1, 20);
    return spread(Duration.ofMillis(Math.min(doubled, most.toMillis())), spread);
  }

  public static Duration spread(Duration wait, double spread) {
    return Duration.ofMillis(Math.round(wait.toMillis() * (0.8 + 0.2 * spread)));
  }
}
