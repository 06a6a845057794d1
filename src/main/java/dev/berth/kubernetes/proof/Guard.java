package dev.berth.kubernetes.proof;

import dev.berth.kubernetes.server.Answer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who refused a pod, as the message of the refusal tells. */
final class Guard {

  static final String QUOTA = "ResourceQuota";
  static final String POD_SECURITY = "PodSecurity";

  /** A webhook writes what it likes into its message, so it is looked for first. */
  private static final List<Pattern> NAMED =
      List.of(
          Pattern.compile("admission webhook \"([^\"]+)\" denied"),
          Pattern.compile("ValidatingAdmissionPolicy '([^']+)' with binding '\\1' denied"),
          Pattern.compile("ValidatingAdmissionPolicy '([^']+' with binding '[^']+)' denied"),
          Pattern.compile("violates (PodSecurity) "));

  private Guard() {}

  /** Empty where nothing that guards pods refused it. */
  static Optional<String> of(Answer answer) {
    if (answer.isOk() || answer.code() == Answer.NONE) {
      return Optional.empty();
    }
    String message = answer.message();
    return NAMED.stream()
        .flatMap(pattern -> pattern.matcher(message).results())
        .map(match -> match.group(1))
        .findFirst();
  }

  /** The quota answers before everything has been judged, so it says nothing about the rest. */
  static boolean isQuota(Answer answer) {
    return answer.code() == 403 && answer.message().contains("exceeded quota");
  }
}
