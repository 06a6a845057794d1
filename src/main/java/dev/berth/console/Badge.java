package dev.berth.console;

import dev.berth.tenant.condition.Condition.Truth;
import dev.berth.tenant.condition.Phase;
import java.util.Arrays;

/**
 * A state as a word, a shape and a colour, so that none of the three is needed to tell it.
 *
 * @param tone a class of the style sheet
 */
public record Badge(String word, String shape, String tone) {

  /** Of a phase, also of one that only a newer version knows. */
  public static Badge ofPhase(String phase) {
    return Arrays.stream(Phase.values())
        .filter(known -> known.name().equals(phase))
        .findAny()
        .map(Badge::of)
        .orElse(new Badge(phase, "?", "gone"));
  }

  public static Badge of(Phase phase) {
    String word = phase.name();
    return switch (phase) {
      case READY -> new Badge(word, "●", "good");
      case ACCEPTED, PROVISIONING, UPDATING, OFFBOARDING, DEPROVISIONING ->
          new Badge(word, "◐", "moving");
      case WAITLISTED -> new Badge(word, "◌", "waiting");
      case DEGRADED -> new Badge(word, "▲", "warning");
      case FAILED, REJECTED -> new Badge(word, "✖", "bad");
      case BLOCKED -> new Badge(word, "■", "bad");
      case OFFBOARDED -> new Badge(word, "○", "gone");
    };
  }

  /** Of a condition. */
  public static Badge of(Truth truth) {
    return switch (truth) {
      case True -> new Badge("True", "●", "good");
      case Unknown -> new Badge("Unknown", "◐", "moving");
      case False -> new Badge("False", "✖", "bad");
    };
  }
}
