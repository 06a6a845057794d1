package dev.berth.escape;

import dev.berth.escape.generator.Attempt;
import dev.berth.escape.judge.Breach;
import dev.berth.installation.Caller.Reply;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What the API server said to an attempt.
 *
 * @param breaches of an object that was admitted
 */
record Answer(Attempt attempt, Reply reply, List<Breach> breaches) {
  private static final Pattern POLICY =
      Pattern.compile("(?:ValidatingAdmissionPolicy|policy) '([^']+)' with binding");

  boolean isAdmitted() {
    return reply.code() < 300;
  }

  boolean isEscape() {
    return !breaches.isEmpty();
  }

  /** Who refused it; the name of the policy where it was one. */
  String guard() {
    String message = reply.message();
    return POLICY
        .matcher(message)
        .results()
        .findFirst()
        .map((MatchResult policy) -> policy.group(1))
        .orElseGet(() -> builtIn(message));
  }

  private String builtIn(String message) {
    if (message.contains("violates PodSecurity")) {
      return "pod security";
    }
    if (message.contains("exceeded quota") || message.contains("failed quota")) {
      return "quota";
    }
    if (message.contains(" usage per ") || message.contains(" to request ratio per ")) {
      return "limit range";
    }
    return switch (reply.code()) {
      case 400, 422 -> "validation";
      case 403, 500 -> "other admission";
      default -> throw new IllegalStateException(attempt + " is answered " + reply);
    };
  }

  String story() {
    return "%s leads out: %s%n  sent:     %s%n  admitted: %s"
        .formatted(attempt, breaches, attempt.object(), reply.body());
  }
}
