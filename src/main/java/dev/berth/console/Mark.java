package dev.berth.console;

import dev.berth.tenant.condition.Condition.Truth;
import dev.berth.tenant.condition.Phase;
import java.util.Arrays;

/**
 * A state as a word, a shape and a colour, so that none of the three is needed to tell it.
 *
 * @param tone a class of the style sheet
 */
public record Mark(String word, String shape, String tone) {

  /** Of a phase, also of one that only a newer version knows. */
  public static Mark ofPhase(String phase) {
    return Arrays.stream(Phase.values())
        .filter(known -> known.name().equals(phase))
        .findAny()
        .map(Mark::of)
        .orElse(new Mark(phase, "?", "gone"));
  }

  public static Mark of(Phase phase) {
    String word = phase.name();
    return switch (phase) {
      case READY -> new Mark(word, "●", "good");
      case ACCEPTED, PROVISIONING, UPDATING, OFFBOARDING, DEPROVISIONING ->
          new Mark(word, "◐", "moving");
      case WAITLISTED -> new Mark(word, "◌", "waiting");
      case DEGRADED -> new Mark(word, "▲", "warning");
      case FAILED, REJECTED -> new Mark(word, "✖", "bad");
      case BLOCKED -> new Mark(word, "■", "bad");
      case OFFBOARDED -> new Mark(word, "○", "gone");
    };
  }

  /** Of a condition. */
  public static Mark of(Truth truth) {
    return switch (truth) {
      case True -> new Mark("True", "●", "good");
      case Unknown -> new Mark("Unknown", "◐", "moving");
      case False -> new Mark("False", "✖", "bad");
    };
  }
}
