package dev.berth.kubernetes.server;

import dev.berth.plan.Ipv4Block;
import org.eclipse.microprofile.config.spi.Converter;

/** Checks settings that hold addresses, so that a bad one ends the start. */
final class Ipv4Setting {

  private Ipv4Setting() {}

  /** Such as {@code 10.20.0.0/16}. */
  public static final class Range implements Converter<Ipv4Block> {
    @Override
    public Ipv4Block convert(String value) {
      return Ipv4Block.parse(value)
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "\"%s\" is not an IPv4 range such as 10.20.0.0/16, with no bits set after the prefix"
                      .formatted(value)));
    }
  }

  /** Such as {@code 169.254.20.10}. */
  public static final class Address implements Converter<String> {
    @Override
    public String convert(String value) {
      if (Ipv4Block.parse(value + "/32").isEmpty()) {
        throw new IllegalArgumentException(
            "\"%s\" is not an IPv4 address such as 169.254.20.10".formatted(value));
      }
      return value;
    }
  }
}
