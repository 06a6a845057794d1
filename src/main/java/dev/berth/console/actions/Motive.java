package dev.berth.console.actions;

import dev.berth.api.actions.ActionCall;
import dev.berth.api.problem.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a person acts, as a form says it.
 *
 * @param key with which the form was made, so that it acts once however often it is sent
 */
public record Motive(String reason, String key) {

  /** Refuses what is missing or wrong, and names it. */
  public static Motive of(@Nullable String reason, @Nullable String key) {
    Parameters form =
        new Parameters(Map.of("reason", one(reason), "key", one(key)), Set.of("reason", "key"));
    String why = ActionCall.reason(form);
    String once = ActionCall.key(form, "key", "as the page has it");
    form.check();
    if (why == null || once == null) {
      throw new IllegalStateException("what is missing was not refused");
    }
    return new Motive(why, once);
  }

  /** The RuntimeClass that a form moves a tenant to; refuses what is missing or wrong. */
  static String destination(@Nullable String to) {
    Parameters form = new Parameters(Map.of("to", one(to)), Set.of("to"));
    String name = ActionCall.destination(form);
    form.check();
    return Objects.requireNonNull(name);
  }

  private static List<String> one(@Nullable String value) {
    return List.of(value == null ? "" : value);
  }
}
