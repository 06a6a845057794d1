package dev.berth.api;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a browser may have been made to send, where the API asks for no token: a page of
 * another origin has it call this one, or a name that somebody else owns was given the address of
 * this machine. Pure.
 */
public final class BrowserRules {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private BrowserRules() {}

  /**
   * Why the call is refused; empty = it is not.
   *
   * @param origin of the page, as the browser says; null = no page, or this one
   * @param authority whom the call is for, in its own words; null = it does not say, as browsers do
   * @param loopback whether it came in at an address that only this machine has
   */
  static Optional<String> refusal(
      @Nullable String origin, @Nullable String authority, boolean loopback) {
    if (authority == null) {
      return Optional.empty();
    }
    if (loopback && !THIS_MACHINE.contains(host(authority))) {
      return Optional.of(
          "The API is open and listens on this machine alone, so it answers only calls whose Host is localhost, 127.0.0.1 or [::1].");
    }
    return origin == null || isOf(authority, origin)
        ? Optional.empty()
        : Optional.of(
            "The API is open, so it answers no page of another origin: call it without the header Origin, or set berth.api.auth=oidc and send a token.");
  }

  /** The same for a call that changes something and brings a token. */
  static Optional<String> refusal(@Nullable String origin, @Nullable String authority) {
    return origin == null || (authority != null && isOf(authority, origin))
        ? Optional.empty()
        : Optional.of(
            "A page of another origin may change nothing here: call it without the header Origin.");
  }

  /**
   * Why a form is refused; empty = a page of Berth sent it.
   *
   * @param site what the browser says of the page that sends it; null = it says nothing
   */
  public static Optional<String> formRefusal(
      @Nullable String site, @Nullable String origin, @Nullable String authority) {
    boolean own =
        site == null
            ? origin != null && authority != null && isOf(authority, origin)
            : site.equals("same-origin");
    return own
        ? Optional.empty()
        : Optional.of(
            "Only a page of the console may send this: open it and do it there. Programs use the API.");
  }

  private static String host(String authority) {
    return authority.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
  }

  private static boolean isOf(String authority, String origin) {
    try {
      return authority.equalsIgnoreCase(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }
}
