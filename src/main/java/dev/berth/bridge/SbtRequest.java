package dev.berth.bridge;

import dev.berth.bridge.SbtConfig.AnswerNames;
import dev.berth.event.incoming.InputType;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which request of SBT something belongs to. It stands in the id of Berth's event, which every step
 * repeats as its {@code causationid}, so that nothing needs to be remembered between a request and
 * its answer. Pure.
 *
 * @param prefix what stands before the name: {@code sbt_aws_}, nothing in older versions of SBT
 * @param id of SBT's event
 */
record SbtRequest(String prefix, Errand errand, String id) {

  private static final Pattern DETAIL_TYPE =
      Pattern.compile("(\\w*?)(onboardingRequest|offboardingRequest)");
  private static final Pattern CAUSATION = Pattern.compile("sbt:(\\w+)/(.+)");

  /** What SBT asks for. */
  enum Errand {
    ONBOARDING(InputType.CREATED, "provision", 0),
    OFFBOARDING(InputType.OFFBOARDING_REQUESTED, "deprovision", 1);

    private final InputType type;
    private final String work;
    private final int rank;

    Errand(InputType type, String work, int rank) {
      this.type = type;
      this.work = work;
      this.rank = rank;
    }

    /** The event of Berth that asks for the same. */
    InputType type() {
      return type;
    }

    /** Of two that were asked for in the same second, the higher one is newer. */
    int rank() {
      return rank;
    }

    private String name(AnswerNames names) {
      return names == AnswerNames.PROVISION ? work : name().toLowerCase(Locale.ROOT);
    }
  }

  /** Empty where SBT asks for nothing that Berth does. */
  static Optional<SbtRequest> of(String detailType, String id) {
    Matcher name = DETAIL_TYPE.matcher(detailType);
    return name.matches()
        ? Optional.of(new SbtRequest(name.group(1), errand(name.group(2)), id))
        : Optional.empty();
  }

  private static Errand errand(String name) {
    return name.startsWith("on") ? Errand.ONBOARDING : Errand.OFFBOARDING;
  }

  /** The request that a step of Berth follows from; empty where it is none of SBT's. */
  static Optional<SbtRequest> ofCausation(String causationId) {
    Matcher cause = CAUSATION.matcher(causationId);
    return cause.matches() ? of(cause.group(1), cause.group(2)) : Optional.empty();
  }

  /** The id of Berth's event: a repeat of SBT's has the same one. */
  String eventId() {
    return "sbt:%s%sRequest/%s".formatted(prefix, errand.name(AnswerNames.ONBOARDING), id);
  }

  /** The {@code detail-type} of an answer. */
  String answer(boolean success, AnswerNames names) {
    return prefix + errand.name(names) + (success ? "Success" : "Failure");
  }
}
