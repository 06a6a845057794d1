package dev.berth.nodepool;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of a node pool, which on AKS begins with a letter and has at most 12 characters of a-z
 * and 0-9.
 */
public record PoolName(String value) {

  private static final Pattern SYNTAX = Pattern.compile("[a-z][a-z0-9]{0,11}");
  private static final int LONGEST = 12;
  private static final int KEPT = 7;

  public PoolName {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a name of a node pool: " + value);
    }
  }

  public static boolean isValid(String name) {
    return SYNTAX.matcher(name).matches();
  }

  /**
   * The pool of all plans that ask for this VM size: {@code Standard_D8s_v5} becomes {@code
   * kd8sv5}. The same for every replica and every release. What would be too long ends in a digest.
   */
  public static PoolName of(String vmSize) {
    String size = vmSize.toLowerCase(Locale.ROOT);
    String name = "k" + size.replaceFirst("^standard_", "").replaceAll("[^a-z0-9]", "");
    return new PoolName(name.length() <= LONGEST ? name : name.substring(0, KEPT) + digest(size));
  }

  private static String digest(String size) {
    return UUID.nameUUIDFromBytes(size.getBytes(StandardCharsets.UTF_8))
        .toString()
        .substring(0, LONGEST - KEPT);
  }

  @Override
  public String toString() {
    return value;
  }
}
