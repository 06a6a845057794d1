package dev.berth.nodepool.cloud;

import java.util.Map;
import java.util.Optional;

/**
 * How many cores the subscription may still use in the cluster's region.
 *
 * @param left by the name of the quota: {@code cores} for the region, else of a family
 */
public record QuotaReading(Map<String, Long> left) {

  /** Of the region as a whole. */
  public static final String REGION = "cores";

  public QuotaReading {
    left = Map.copyOf(left);
  }

  /** In any case of letters, as quotas and sizes do not always agree. Empty = not known. */
  public Optional<Long> left(String quota) {
    return left.entrySet().stream()
        .filter(known -> known.getKey().equalsIgnoreCase(quota))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
