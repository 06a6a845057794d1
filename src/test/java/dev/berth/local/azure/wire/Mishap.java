package dev.berth.local.azure.wire;

import dev.berth.local.azure.wire.Course.Fault;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** What happens to one call that would have gone well. */
public sealed interface Mishap {

  /** Nothing is done, and this is said. */
  record Instead(Answer answer) implements Mishap {}

  /** All is done, and something else is said. */
  record Afterwards(UnaryOperator<Answer> said) implements Mishap {}

  /** The operation that the call starts goes another way. */
  record Differently(UnaryOperator<Course> course) implements Mishap {}

  static Mishap refuse(Refusal refusal) {
    return new Instead(refusal.answer());
  }

  /** Flat, as AKS answers. */
  static Mishap refuse(int status, String code, String message) {
    return refuse(Refusal.ofAks(status, code, message));
  }

  static Mishap failBeforeEffect(int status) {
    return refuse(internalError(status));
  }

  static Mishap failAfterEffect(int status) {
    return new Afterwards(answer -> internalError(status).answer());
  }

  static Mishap dropBeforeEffect() {
    return new Instead(Answer.DROPPED);
  }

  static Mishap dropAfterEffect() {
    return new Afterwards(answer -> Answer.DROPPED);
  }

  /** The client has to look at the resource instead. */
  static Mishap withoutAsyncHeader() {
    return new Afterwards(answer -> answer.without("azure-asyncoperation"));
  }

  static Mishap throttled(Duration retryAfter) {
    return refuse(Throttle.refusal(retryAfter));
  }

  /** By the Resource Manager, before AKS hears of the call. */
  static Mishap throttledByArm(Duration retryAfter) {
    return refuse(
        Refusal.ofArm(
                429, "SubscriptionRequestsThrottled", "Too many requests of this subscription.")
            .with("retry-after", Long.toString(retryAfter.toSeconds())));
  }

  static Mishap deniedByPolicy(String policy) {
    return refuse(
        Refusal.ofArm(
            403,
            "RequestDisallowedByPolicy",
            "Resource was disallowed by policy. Policy identifiers: '[{\"policyAssignment\":{\"name\":\"%s\"}}]'."
                .formatted(policy)));
  }

  /** Another writer was faster. */
  static Mishap etagMismatch() {
    return refuse(Refusal.etagMismatch());
  }

  /** The poll answers 200 nevertheless. */
  static Mishap operationFails(String code, String message) {
    return new Differently(course -> course.ending(Course.FAILED, Fault.of(code, message)));
  }

  static Mishap operationIsCanceled() {
    return new Differently(course ->
        course.ending(
            Course.CANCELED, Fault.of("OperationCanceled", "The operation was canceled.")));
  }

  static Mishap operationTakes(Duration time) {
    return new Differently(course -> course.taking(time));
  }

  /** Until it ends. */
  static Mishap operationReports(String... states) {
    return new Differently(course -> course.passing(List.of(states)));
  }

  private static Refusal internalError(int status) {
    return Refusal.ofAks(status, "InternalOperationError", "Internal server error");
  }
}
