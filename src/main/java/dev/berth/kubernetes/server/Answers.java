package dev.berth.kubernetes.server;

import dev.berth.kubernetes.server.Denial.DenialKind;
import dev.berth.plan.Outcome;
import dev.berth.tenant.condition.Brief;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;

/**
 * The table: what each answer that is not the hoped-for one means for an operation. Who refused
 * comes first: webhooks and policies choose the HTTP code themselves.
 */
public final class Answers {

  private static final int LONGEST_MESSAGE = 400;

  private Answers() {}

  /**
   * What an answer means for the operation.
   *
   * @param doing what was tried, and on what: begins the message
   */
  public static Outcome outcome(Answer answer, String doing) {
    if (answer.equals(Answer.UNSENT)) {
      return new Outcome.InProgress(Reason.Observing, doing, Duration.ofSeconds(1));
    }
    Denial denial = answer.denial();
    return switch (denial.kind()) {
      case WEBHOOK -> denied(answer, doing, "admission webhook");
      case POLICY -> denied(answer, doing, "ValidatingAdmissionPolicy");
      case MUTATING_POLICY -> denied(answer, doing, "MutatingAdmissionPolicy");
      case WEBHOOK_SILENT ->
          retry(
              Reason.ApiUnavailable,
              answer,
              doing,
              "admission webhook %s cannot be asked: mend it; it is tried again"
                  .formatted(denial.by()));
      case POD_SECURITY,
          QUOTA,
          RIGHTS,
          CLASS_MISSING,
          ACCOUNT_MISSING,
          SERVER_STARTING,
          OBJECT_REPLACED,
          NAMESPACE_TERMINATING,
          OTHER ->
          byCode(answer, doing);
    };
  }

  private static Outcome denied(Answer answer, String doing, String who) {
    String advice =
        "%s %s denies it: exempt Berth's ServiceAccount and namespaces tenant-* from it, or remove it"
            .formatted(who, answer.denial().by());
    return new Outcome.Rejected(Reason.ApiForbidden, message(answer, doing, advice));
  }

  private static Outcome byCode(Answer answer, String doing) {
    return switch (answer.code()) {
      case Answer.NONE ->
          answer.reason().equals(Answer.TIMEOUT)
              ? retry(Reason.ApiTimeout, answer, doing, "it is tried again")
              : retry(Reason.ApiUnavailable, answer, doing, "it is tried again");
      case 400, 413, 422 -> invalid(answer, doing);
      case 401 ->
          retry(
              Reason.ApiUnavailable,
              answer,
              doing,
              "the API server does not accept Berth's token: renew it where BERTH_KUBECONFIG or"
                  + " KUBECONFIG names it; it is read again automatically");
      case 403 -> forbidden(answer, doing);
      case 404 ->
          retry(
              Reason.ApiConflict, answer, doing, "it went away meanwhile, and is looked at again");
      case 409 ->
          retry(Reason.ApiConflict, answer, doing, "it changed meanwhile, and is read again");
      case 429 -> retry(Reason.ApiThrottled, answer, doing, "it is tried again later");
      case 500, 502, 503 -> retry(Reason.ApiUnavailable, answer, doing, "it is tried again");
      case 504 -> retry(Reason.ApiTimeout, answer, doing, "it is tried again");
      default -> retry(Reason.Unexpected, answer, doing, "it is tried again");
    };
  }

  private static Outcome forbidden(Answer answer, String doing) {
    return switch (answer.denial().kind()) {
      case NAMESPACE_TERMINATING ->
          new Outcome.InProgress(
              Reason.NamespaceTerminating,
              message(answer, doing, "the namespace must be gone first"),
              Duration.ofSeconds(2));
      case QUOTA ->
          retry(Reason.ApiConflict, answer, doing, "a quota is used up: raise it or free some");
      case ACCOUNT_MISSING ->
          new Outcome.InProgress(
              Reason.Pending,
              message(answer, doing, "the namespace's service account is about to appear"),
              Duration.ofSeconds(1));
      case SERVER_STARTING ->
          retry(Reason.ApiUnavailable, answer, doing, "the API server is still starting");
      case RIGHTS ->
          new Outcome.Rejected(
              Reason.ApiForbidden,
              message(answer, doing, "give Berth's ServiceAccount the rights of k8s/base"));
      case WEBHOOK,
          WEBHOOK_SILENT,
          POLICY,
          MUTATING_POLICY,
          POD_SECURITY,
          CLASS_MISSING,
          OBJECT_REPLACED,
          OTHER ->
          new Outcome.Rejected(
              Reason.ApiForbidden,
              message(
                  answer,
                  doing,
                  "give Berth's ServiceAccount the rights of k8s/, or remove what denies it"));
    };
  }

  private static Outcome invalid(Answer answer, String doing) {
    return answer.denial().kind() == DenialKind.OBJECT_REPLACED
        ? retry(Reason.ApiConflict, answer, doing, "it was replaced, and is read again")
        : new Outcome.Rejected(
            Reason.ApiInvalid, message(answer, doing, "correct the plan or the tenant"));
  }

  private static Outcome retry(Reason reason, Answer answer, String doing, String advice) {
    return new Outcome.Retryable(reason, message(answer, doing, advice));
  }

  private static String message(Answer answer, String doing, String advice) {
    String status = answer.code() == Answer.NONE ? "no answer" : "answer " + answer.code();
    return doing + ": " + status + " (" + brief(answer.message()) + "); " + advice;
  }

  /** One line, of bounded length. */
  public static String brief(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return Brief.of(line, LONGEST_MESSAGE);
  }
}
