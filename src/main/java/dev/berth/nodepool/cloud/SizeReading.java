package dev.berth.nodepool.cloud;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A VM size in the cluster's region.
 *
 * @param family as quotas name it, such as {@code standardDSv5Family}
 * @param capabilities by their names, as written
 * @param restrictions reason codes; none = it can be had
 */
public record SizeReading(
    String name, String family, Map<String, String> capabilities, List<String> restrictions) {

  public static final String CORES = "vCPUs";
  public static final String GIGABYTES = "MemoryGB";

  private static final BigDecimal LARGEST = BigDecimal.valueOf(1 << 20);

  public SizeReading {
    capabilities = Map.copyOf(capabilities);
    restrictions = List.copyOf(restrictions);
  }

  /** In any case of letters. Empty = not said. */
  public Optional<String> capability(String name) {
    return capabilities.entrySet().stream()
        .filter(capability -> capability.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Empty = not said, or not an amount that a machine can have. */
  public Optional<BigDecimal> amount(String name) {
    return capability(name).flatMap(SizeReading::amountOf);
  }

  private static Optional<BigDecimal> amountOf(String text) {
    try {
      BigDecimal amount = new BigDecimal(text.strip());
      boolean possible = amount.signum() > 0 && amount.compareTo(LARGEST) <= 0;
      return possible ? Optional.of(amount) : Optional.empty();
    } catch (NumberFormatException notOne) {
      return Optional.empty();
    }
  }
}
