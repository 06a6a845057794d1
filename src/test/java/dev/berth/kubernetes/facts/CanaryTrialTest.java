package dev.berth.kubernetes.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.SomeTenant;
import dev.berth.kubernetes.proof.PodAttempt;
import dev.berth.kubernetes.server.Answer;
import dev.berth.plan.Overhead;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.SandboxClass.Canary;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the two answers of a canary mean, and how its namespace is named. */
class CanaryTrialTest {

  private static final SandboxClass KATA = SomeTenant.KATA;
  private static final PodAttempt DENIED =
      forbidden(
          "pods is forbidden: ValidatingAdmissionPolicy 'berth-sandbox' with binding"
              + " 'berth-sandbox' denied request: pod must run in the sandbox");

  @Test
  void aPodWithoutClassThatGetsTheClassAndItsOverheadShowsTheDefault() {
    assertThat(judge(DENIED, admitted("kata-vm-isolation", "600Mi"))).contains(Canary.DEFAULTS);
  }

  @Test
  void aPodWithoutClassThatIsDeniedShowsThatTheClusterSetsNone() {
    assertThat(judge(DENIED, DENIED)).contains(Canary.DENIES);
  }

  @Test
  void aPodOfAnotherClassThatIsLetInShowsAnOpenSandboxWhateverTheOtherAnswerIs() {
    PodAttempt other = admitted("berth-probe", "0");

    assertThat(judge(other, DENIED)).contains(Canary.OPEN);
    assertThat(judge(other, admitted("kata-vm-isolation", "600Mi"))).contains(Canary.OPEN);
    assertThat(judge(other, answer(500, "{}"))).contains(Canary.OPEN);
  }

  @Test
  void aPodThatIsLetInWithoutClassShowsAnOpenSandbox() {
    assertThat(judge(DENIED, answer(201, "{'spec': {}}"))).contains(Canary.OPEN);
    assertThat(judge(DENIED, admitted("runc", "0"))).contains(Canary.OPEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exceeded quota: q, requested: pods=1",
        "error looking up service account tenant-x/default",
        "not yet ready to handle request",
        "admission webhook \"other\" denied the request",
        "ValidatingAdmissionPolicy 'berth-sandbox' with binding 'other' denied request"
      })
  void whatSomebodyElseAnswersIsNoResult(String message) {
    PodAttempt answered = forbidden(message);

    assertThat(judge(DENIED, answered)).isEmpty();
    assertThat(judge(answered, DENIED)).isEmpty();
    assertThat(judge(answered, admitted("kata-vm-isolation", "600Mi"))).isEmpty();
  }

  @Test
  void anUnexpectedOverheadOrNoAnswerAtAllIsNoResult() {
    assertThat(judge(DENIED, admitted("kata-vm-isolation", "1Mi"))).isEmpty();
    assertThat(judge(new PodAttempt(Answer.none(Answer.TIMEOUT, "late")), DENIED)).isEmpty();
    assertThat(judge(answer(500, "{}"), answer(500, "{}"))).isEmpty();
  }

  @Test
  void theNamespaceIsNamedAfterTheClassWhereThatMakesAName() {
    assertThat(nameFor("kata-vm-isolation")).isEqualTo("tenant-berth-canary-kata-vm-isolation");
    assertThat(nameFor("k".repeat(43))).hasSize(63).endsWith("kkk");
    assertThat(nameFor("k".repeat(44))).matches("tenant-berth-canary-[0-9a-f]{12}");
    assertThat(nameFor("kata.example.com")).isEqualTo("tenant-berth-canary-94ec2639cd6d");
  }

  private static String nameFor(String runtimeClass) {
    return new CanaryNamespace(
            new SandboxClass(
                runtimeClass, "kata", new Overhead(0, 0), KATA.places(), Canary.UNPROVEN))
        .name();
  }

  private static Optional<Canary> judge(PodAttempt other, PodAttempt plain) {
    return CanaryTrial.judge(KATA, other, plain);
  }

  private static PodAttempt admitted(String runtimeClass, String memory) {
    return answer(
        201,
        "{'spec': {'runtimeClassName': '%s', 'overhead': {'memory': '%s'}}}"
            .formatted(runtimeClass, memory));
  }

  private static PodAttempt forbidden(String message) {
    return new PodAttempt(
        new Answer(403, JsonNodeFactory.instance.objectNode().put("message", message)));
  }

  private static PodAttempt answer(int code, String body) {
    return new PodAttempt(new Answer(code, Hands.json(body)));
  }
}
