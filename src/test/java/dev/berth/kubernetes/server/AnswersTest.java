package dev.berth.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kubernetes.Hands;
import dev.berth.plan.Outcome;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0   | Timeout     | nothing came back          | Retryable  | ApiTimeout
          0   | Unreachable | connection refused         | Retryable  | ApiUnavailable
          400 | BadRequest  | cannot parse               | Rejected   | ApiInvalid
          401 | Unauthorized| Unauthorized               | Retryable  | ApiUnavailable
          403 | Forbidden   | cannot create resource     | Rejected   | ApiForbidden
          403 | Forbidden   | exceeded quota: berth      | Retryable  | ApiConflict
          403 | Forbidden   | error looking up service account x/default: not found | InProgress | Pending
          403 | Forbidden   | not yet ready to handle request | Retryable | ApiUnavailable
          404 | NotFound    | namespaces "x" not found   | Retryable  | ApiConflict
          409 | Conflict    | the object was modified    | Retryable  | ApiConflict
          422 | Invalid     | spec.hard: Invalid value   | Rejected   | ApiInvalid
          422 | Invalid     | metadata.uid: field is immutable | Retryable | ApiConflict
          429 | TooManyRequests | slow down              | Retryable  | ApiThrottled
          500 | InternalError | etcd leader changed      | Retryable  | ApiUnavailable
          503 | ServiceUnavailable | starting            | Retryable  | ApiUnavailable
          504 | Timeout     | took too long              | Retryable  | ApiTimeout
          418 | Teapot      | ?                          | Retryable  | Unexpected
          """)
  void eachAnswerHasItsOutcome(
      int code, String status, String message, String outcome, Reason reason) {
    Answer answer = new Answer(code, Answer.none(status, message).body());

    Outcome got = Answers.outcome(answer, "creating ResourceQuota tenant-acme/berth");

    assertThat(got.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(reason(got)).isEqualTo(reason);
    assertThat(got.toString()).contains("creating ResourceQuota tenant-acme/berth", message);
  }

  /** L7: a webhook without a code is answered with 400, a policy of others with 422. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | BadRequest   | admission webhook "validate.kyverno.svc-fail" denied the request: resource Namespace/tenant-acme was blocked | admission webhook validate.kyverno.svc-fail
          403 | Forbidden    | admission webhook "guard.example.com" denied the request: no | admission webhook guard.example.com
          404 | NotFound     | admission webhook "sly.example.com" denied the request: not found | admission webhook sly.example.com
          409 | AlreadyExists| admission webhook "sly.example.com" denied the request: exists | admission webhook sly.example.com
          422 | Invalid      | admission webhook "vresourcequota.example.com" denied the request: spec.hard is too large | admission webhook vresourcequota.example.com
          429 | TooManyRequests | admission webhook "slow.example.com" denied the request: later | admission webhook slow.example.com
          500 | InternalError | admission webhook "broken.example.com" denied the request: nil | admission webhook broken.example.com
          422 | Invalid      | namespaces "tenant-acme" is forbidden: ValidatingAdmissionPolicy 'no-deletions' with binding 'all' denied request: ask the platform team | ValidatingAdmissionPolicy no-deletions with binding all
          401 | Unauthorized | resourcequotas "berth" is forbidden: ValidatingAdmissionPolicy 'sizes' with binding 'sizes' denied request: no | ValidatingAdmissionPolicy sizes
          413 | RequestEntityTooLarge | limitranges "berth" is forbidden: ValidatingAdmissionPolicy 'sizes' denied request: x | ValidatingAdmissionPolicy sizes with binding (none)
          422 | Invalid      | policy 'sidecars' with binding 'all' denied request: cannot evaluate | MutatingAdmissionPolicy sidecars with binding all
          """)
  void whoeverDeniesIsNamedWhateverItsCode(int code, String status, String message, String who) {
    Answer answer = new Answer(code, Answer.none(status, message).body());

    for (String doing : List.of("creating", "changing", "deleting")) {
      Outcome got = Answers.outcome(answer, doing + " Namespace tenant-acme");

      assertThat(got).isInstanceOf(Outcome.Rejected.class);
      assertThat(reason(got)).isEqualTo(Reason.ApiForbidden);
      assertThat(got.toString()).contains(doing, message, who + " denies it");
    }
    assertThat(answer.isAbsent()).as("what is denied is not gone").isFalse();
    assertThat(answer.isConflict() || answer.isAlreadyExists()).isFalse();
  }

  @Test
  void aWebhookThatCannotBeAskedIsNamedAndAskedAgain() {
    String message =
        "Internal error occurred: failed calling webhook \"x.example.com\": failed to call webhook:"
            + " dial tcp: connection refused";

    Outcome got =
        Answers.outcome(new Answer(500, Answer.none("InternalError", message).body()), "deleting");

    assertThat(reason(got)).isEqualTo(Reason.ApiUnavailable);
    assertThat(got.toString()).contains("admission webhook x.example.com cannot be asked");
  }

  @ParameterizedTest
  @CsvSource({"NamespaceTerminating, NamespaceTerminating", "Other, ApiForbidden"})
  void aTerminatingNamespaceMeansToWait(String cause, Reason reason) {
    String status =
        "{'reason': 'Forbidden', 'message': 'm', 'details': {'causes': [{'reason': '%s'}]}}";

    Outcome got = Answers.outcome(new Answer(403, Hands.json(status.formatted(cause))), "creating");

    assertThat(reason(got)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({"500, 403", "20, 20"})
  void aMessageIsOneLineOfBoundedLength(int length, int kept) {
    assertThat(Answers.brief("\u001b[31m\r\n" + "x".repeat(length)).replace("[31m ", ""))
        .hasSizeLessThanOrEqualTo(kept)
        .doesNotContain("\n", "\r", "\u001b");
  }

  private static Reason reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.InProgress o -> o.reason();
      case Outcome.Retryable o -> o.reason();
      case Outcome.Rejected o -> o.reason();
      case Outcome.Done o -> throw new AssertionError(o);
      case Outcome.Skipped o -> throw new AssertionError(o);
    };
  }
}
