package dev.berth.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kubernetes quantities as whole numbers, exact, and back in the one spelling that the API server
 * answers with.
 */
public final class Quantity {

  private static final Pattern SYNTAX =
      Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?)(Ki|Mi|Gi|Ti|Pi|m|k|M|G|T|P)?");
  private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  private static final String[] DECIMAL = {"", "k", "M", "G", "T", "P", "E"};
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
  private static final Map<String, BigDecimal> FACTORS =
      Map.ofEntries(
          Map.entry("Ki", power(1024, 1)),
          Map.entry("Mi", power(1024, 2)),
          Map.entry("Gi", power(1024, 3)),
          Map.entry("Ti", power(1024, 4)),
          Map.entry("Pi", power(1024, 5)),
          Map.entry("m", new BigDecimal("0.001")),
          Map.entry("k", power(1000, 1)),
          Map.entry("M", power(1000, 2)),
          Map.entry("G", power(1000, 3)),
          Map.entry("T", power(1000, 4)),
          Map.entry("P", power(1000, 5)));

  private Quantity() {}

  /** Empty if the text is not a quantity, or not a whole number of bytes. */
  public static OptionalLong parseBytes(String text) {
    return parse(text, BigDecimal.ONE);
  }

  /** Empty if the text is not a quantity, or not a whole number of thousandths. */
  public static OptionalLong parseMillis(String text) {
    return parse(text, THOUSAND);
  }

  /**
   * The next whole number of mebibytes, as {@code 1127Mi} for {@code 1.1Gi}; empty unless the text
   * is a quantity and not a whole number of bytes.
   */
  public static Optional<String> wholeAbove(String text) {
    return value(text)
        .filter(value -> !isWhole(value))
        .map(value -> value.divide(power(1024, 2), 0, RoundingMode.CEILING) + "Mi");
  }

  public static String bytes(long bytes) {
    return shortest(bytes, 1024, BINARY);
  }

  public static String millis(long millis) {
    return millis % 1000 == 0 ? count(millis / 1000) : millis + "m";
  }

  public static String count(long count) {
    return shortest(count, 1000, DECIMAL);
  }

  private static OptionalLong parse(String text, BigDecimal unit) {
    return value(text)
        .map(value -> value.multiply(unit))
        .filter(value -> isWhole(value) && value.compareTo(LARGEST) <= 0)
        .map(value -> OptionalLong.of(value.longValueExact()))
        .orElse(OptionalLong.empty());
  }

  private static Optional<BigDecimal> value(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String suffix = matcher.group(2);
    BigDecimal factor = suffix == null ? BigDecimal.ONE : FACTORS.get(suffix);
    return Optional.of(new BigDecimal(matcher.group(1)).multiply(factor));
  }

  private static boolean isWhole(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= 0;
  }

  private static String shortest(long value, long base, String[] suffixes) {
    int power = 0;
    long rest = value;
    while (rest != 0 && rest % base == 0 && power < suffixes.length - 1) {
      rest /= base;
      power++;
    }
    return rest + suffixes[power];
  }

  private static BigDecimal power(long base, int exponent) {
    return BigDecimal.valueOf(base).pow(exponent);
  }
}
