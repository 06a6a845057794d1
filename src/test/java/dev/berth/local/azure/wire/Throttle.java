package dev.berth.local.azure.wire;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The token buckets of AKS, one per resource or per subscription, on the given clock. */
final class Throttle {
  private final Clock clock;
  private final Map<String, Level> levels = new HashMap<>();
  private boolean off;

  Throttle(Clock clock) {
    this.clock = clock;
  }

  synchronized void turnOff() {
    off = true;
  }

  /** Takes one from the bucket, or refuses with the seconds until there is one again. */
  synchronized void take(Call call, String path) {
    Call.Bucket bucket = call.bucket();
    Level level = level(bucket, bucket.isPerResource() ? path : subscription(path));
    if (!off && !level.hasOne()) {
      throw refusal(level.untilNext());
    }
    level.takeOne();
  }

  /** As if others had used it up. */
  synchronized void drain(Call call, String path) {
    Level level = level(call.bucket(), call.bucket().isPerResource() ? path : subscription(path));
    level.empty();
  }

  static Refusal refusal(Duration retryAfter) {
    long seconds = retryAfter.toSeconds();
    return Refusal.ofAks(
            429,
            "Throttled",
            "The request limit has been exceeded. Please try again in %d seconds."
                .formatted(seconds))
        .with("retry-after", Long.toString(seconds));
  }

  private Level level(Call.Bucket bucket, String scope) {
    return levels.computeIfAbsent(
        bucket + " " + scope.toLowerCase(Locale.ROOT), key -> new Level(bucket));
  }

  private static String subscription(String path) {
    return path.split("/", 4)[2];
  }

  /** Counts the milliseconds that have been saved up, of which one call costs some. */
  private final class Level {
    private final long cost;
    private final long most;
    private long saved;
    private Instant since = clock.instant();

    Level(Call.Bucket bucket) {
      this.cost = bucket.refill().toMillis();
      this.most = bucket.burst() * cost;
      this.saved = most;
    }

    boolean hasOne() {
      Instant now = clock.instant();
      saved = Math.min(most, saved + Duration.between(since, now).toMillis());
      since = now;
      return saved >= cost;
    }

    void takeOne() {
      saved = Math.max(0, saved - cost);
    }

    void empty() {
      saved = 0;
    }

    Duration untilNext() {
      return Duration.ofSeconds(Math.ceilDiv(cost - saved, 1_000));
    }
  }
}
