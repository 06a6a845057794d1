package dev.berth.tenant;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The immutable name of a tenant. It maps to namespace names injectively, because it contains no
 * {@code --}; an id that does not fit is refused, never folded.
 */
public record TenantId(String value) implements Comparable<TenantId> {

  /** Tells what {@link #parse} takes, for messages. */
  public static final String RULE =
      "a tenant id has 1 to 40 characters of a-z, 0-9 and '-', begins and ends with a letter or digit, contains no '--'"
          + " and is not reserved (kube-*, *-system, default, berth*)";

  private static final Pattern SYNTAX = Pattern.compile("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?");
  private static final Pattern RESERVED = Pattern.compile("kube-.*|.*-system|default|berth.*");

  public TenantId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(RULE);
    }
  }

  public static Optional<TenantId> parse(String value) {
    return isValid(value) ? Optional.of(new TenantId(value)) : Optional.empty();
  }

  private static boolean isValid(String value) {
    return SYNTAX.matcher(value).matches()
        && !value.contains("--")
        && !RESERVED.matcher(value).matches();
  }

  /**
   * The Kubernetes namespace for the plan's namespace {@code name}; the default one has the empty
   * name.
   */
  public String namespace(String name) {
    return name.isEmpty() ? "tenant-" + value : "tenant-" + value + "--" + name;
  }

  @Override
  public int compareTo(TenantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
