package dev.berth.kubernetes.server;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Why the API server refused a request. Nobody else reads the words of its answers: these are the
 * ones of Kubernetes 1.36.
 *
 * @param by the name of the policy, webhook or missing class; empty where there is none
 */
public record Denial(DenialKind kind, String by) {

  /** What refused, or what was missing, with the words that tell it. */
  public enum DenialKind {
    WEBHOOK("admission webhook \"([^\"]+)\" denied"),
    /** Could not be asked, and its failure policy is to refuse then. */
    WEBHOOK_SILENT("failed calling webhook \"([^\"]+)\""),
    /** A policy by a binding of its own name; by another one, or by none, both are named. */
    POLICY("ValidatingAdmissionPolicy '([^']+)'(?: with binding '([^']+)')? denied"),
    /** A policy that changes objects could not do so. */
    MUTATING_POLICY("policy ['\"]([^'\"]+)['\"](?: with binding '([^']+)')? denied"),
    POD_SECURITY("violates (PodSecurity) "),
    /** Comes before everything has been judged, so it says nothing about the rest. */
    QUOTA("exceeded quota"),
    /** Nothing was judged, because who asks may not ask for it. */
    RIGHTS(" cannot [a-z]+ resource "),
    /** The RuntimeClass that the pod names. */
    CLASS_MISSING("RuntimeClass \"([^\"]+)\" not found"),
    /** The account that the pod runs as. */
    ACCOUNT_MISSING("error looking up service account"),
    SERVER_STARTING("not yet ready to handle request"),
    /** The patch carries the uid of an object that was replaced since it was read. */
    OBJECT_REPLACED("metadata\\.uid"),
    /** Told by a cause, not by words. */
    NAMESPACE_TERMINATING("(?!)"),
    OTHER("(?!)");

    private final Pattern words;

    DenialKind(String words) {
      this.words = Pattern.compile(words);
    }
  }

  private static final Set<DenialKind> BY_ADMISSION =
      EnumSet.of(
          DenialKind.WEBHOOK,
          DenialKind.WEBHOOK_SILENT,
          DenialKind.POLICY,
          DenialKind.MUTATING_POLICY);
  private static final Denial OTHERWISE = new Denial(DenialKind.OTHER, "");

  static Denial of(Answer answer) {
    if (isTerminating(answer)) {
      return new Denial(DenialKind.NAMESPACE_TERMINATING, "");
    }
    return answer.isOk() || answer.code() == Answer.NONE ? OTHERWISE : in(answer.message());
  }

  /** What comes first counts: webhooks and policies write what they like behind their names. */
  private static Denial in(String message) {
    Denial denial = OTHERWISE;
    int first = message.length();
    for (DenialKind kind : DenialKind.values()) {
      Matcher match = kind.words.matcher(message);
      if (match.find() && match.start() < first) {
        first = match.start();
        denial = new Denial(kind, names(match));
      }
    }
    return denial;
  }

  private static String names(MatchResult match) {
    return IntStream.rangeClosed(1, match.groupCount())
        .mapToObj(group -> Objects.requireNonNullElse(match.group(group), "(none)"))
        .distinct()
        .collect(joining(" with binding "));
  }

  /** Whether admission refused: then the code is whatever it wished, and tells nothing else. */
  boolean isByAdmission() {
    return BY_ADMISSION.contains(kind);
  }

  private static boolean isTerminating(Answer answer) {
    for (JsonNode cause : answer.body().path("details").path("causes")) {
      if (cause.path("reason").asText().equals("NamespaceTerminating")) {
        return answer.code() == 403;
      }
    }
    return false;
  }
}
