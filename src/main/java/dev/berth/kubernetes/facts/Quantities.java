package dev.berth.kubernetes.facts;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Amounts of a resource list as whole numbers: bytes of memory, thousandths of a core. An absent
 * resource is 0; what a long cannot hold is the largest one.
 */
record Quantities(@Nullable Map<String, Quantity> amounts, RoundingMode rounding) {

  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final Map<String, Integer> BINARY =
      Map.of("Ki", 10, "Mi", 20, "Gi", 30, "Ti", 40, "Pi", 50, "Ei", 60);
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

  /** What pods cost: never less than it says. */
  static Quantities costs(@Nullable Map<String, Quantity> amounts) {
    return new Quantities(amounts, RoundingMode.CEILING);
  }

  /** What nodes have: never more than it says. */
  static Quantities room(@Nullable Map<String, Quantity> amounts) {
    return new Quantities(amounts, RoundingMode.FLOOR);
  }

  long memory() {
    return whole(amount("memory"));
  }

  long cpu() {
    return whole(amount("cpu").multiply(THOUSAND));
  }

  long pods() {
    return whole(amount("pods"));
  }

  private BigDecimal amount(String resource) {
    Quantity quantity = amounts == null ? null : amounts.get(resource);
    return quantity == null ? BigDecimal.ZERO : exact(quantity);
  }

  /** The library rounds binary multiples to 16 digits. */
  private static BigDecimal exact(Quantity quantity) {
    Integer power = BINARY.get(quantity.getFormat());
    return power == null
        ? Quantity.getAmountInBytes(quantity)
        : new BigDecimal(quantity.getAmount()).multiply(TWO.pow(power));
  }

  private long whole(BigDecimal amount) {
    return amount.setScale(0, rounding).min(LARGEST).longValue();
  }
}
