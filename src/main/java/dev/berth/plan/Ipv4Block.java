package dev.berth.plan;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of IPv4 addresses, such as {@code 10.20.0.0/16}; in the order of addresses. */
public record Ipv4Block(int address, int bits) implements Comparable<Ipv4Block> {

  private static final Pattern SYNTAX =
      Pattern.compile(
          "([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})/([12]?[0-9]|3[0-2])");

  private static final Comparator<Ipv4Block> ORDER =
      Comparator.comparing(Ipv4Block::address, Integer::compareUnsigned)
          .thenComparingInt(Ipv4Block::bits);

  /**
   * Parses what is known to be a block.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Ipv4Block of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not an IPv4 block: " + text));
  }

  /** Empty if the text is not a block, or has bits set after its prefix. */
  public static Optional<Ipv4Block> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int address = 0;
    for (int group = 1; group <= 4; group++) {
      String part = matcher.group(group);
      if (Integer.parseInt(part) > 255 || (part.length() > 1 && part.startsWith("0"))) {
        return Optional.empty();
      }
      address = address << 8 | Integer.parseInt(part);
    }
    int bits = Integer.parseInt(matcher.group(5));
    return (address & ~mask(bits)) == 0
        ? Optional.of(new Ipv4Block(address, bits))
        : Optional.empty();
  }

  public boolean contains(Ipv4Block other) {
    return bits <= other.bits && (other.address & mask(bits)) == address;
  }

  @Override
  public int compareTo(Ipv4Block other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "%d.%d.%d.%d/%d"
        .formatted(address >>> 24, address >>> 16 & 255, address >>> 8 & 255, address & 255, bits);
  }

  private static int mask(int bits) {
    return bits == 0 ? 0 : -1 << (32 - bits);
  }
}
