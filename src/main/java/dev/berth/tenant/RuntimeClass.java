package dev.berth.tenant;

import org.jspecify.annotations.Nullable;

/**
 * A RuntimeClass as it was when a tenant's sandboxes were put into it: under the same name another
 * handler is another class.
 *
 * @param handler null = of a time when handlers were not recorded
 */
public record RuntimeClass(String name, @Nullable String handler) {

  /** Whether a class with this handler is the recorded one. */
  public boolean hasHandler(String actual) {
    return handler == null || handler.equals(actual);
  }
}
