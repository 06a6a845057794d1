package dev.berth.provisioning.pools;

import dev.berth.nodepool.cloud.Cloud;
import dev.berth.nodepool.cloud.QuotaReading;
import dev.berth.nodepool.cloud.SizeReading;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Answers of the provider that are long and change seldom, used again until they are too old.
 * Refusals are not remembered. What it holds is lost with the process, and read again.
 */
@ApplicationScoped
class CloudMemory {

  /** A size in a region is what it is, and a new restriction is told by the refusal of a write. */
  static final Duration SIZE_AGE = Duration.ofHours(1);

  static final Duration QUOTA_AGE = Duration.ofMinutes(1);

  /** Of one and the same look. */
  static final Duration FRESH = Duration.ofSeconds(5);

  private final Clock clock;
  private final Map<String, Recalled<SizeReading>> sizes = new ConcurrentHashMap<>();
  private final Map<String, Recalled<QuotaReading>> quotas = new ConcurrentHashMap<>();

  CloudMemory(Clock clock) {
    this.clock = clock;
  }

  private record Recalled<T>(Optional<T> answer, Instant at) {}

  Optional<SizeReading> size(Cloud cloud, String vmSize, String location) {
    return recall(sizes, vmSize + " in " + location, SIZE_AGE, () -> cloud.size(vmSize, location));
  }

  /**
   * @param age that it may have at most
   */
  Optional<QuotaReading> quota(Cloud cloud, String location, Duration age) {
    return recall(quotas, location, age, () -> cloud.quota(location));
  }

  private <T> Optional<T> recall(
      Map<String, Recalled<T>> known, String what, Duration age, Supplier<Optional<T>> question) {
    Instant now = clock.instant();
    Recalled<T> told = known.get(what);
    if (told == null || told.at.plus(age).isBefore(now)) {
      told = new Recalled<>(question.get(), now);
      known.put(what, told);
    }
    return told.answer;
  }
}
