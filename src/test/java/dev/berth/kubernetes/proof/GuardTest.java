package dev.berth.kubernetes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kubernetes.server.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** G16: who refused is told apart, so that a stranger's refusal is not taken for Berth's. */
class GuardTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ValidatingAdmissionPolicy 'berth-host-access' with binding 'berth-host-access' denied request: x | berth-host-access
          ValidatingAdmissionPolicy 'berth-host-access' with binding 'mine' denied request: x              | berth-host-access' with binding 'mine
          admission webhook "validate.kyverno.svc" denied the request: no                                  | validate.kyverno.svc
          admission webhook "w" denied the request: ValidatingAdmissionPolicy 'berth-sandbox' with binding 'berth-sandbox' denied | w
          violates PodSecurity "restricted:v1.30": host namespaces                                         | PodSecurity
          no PriorityClass with name x was found                                                           | none
          """)
  void theOneWhoRefusedIsNamed(String message, String guard) {
    Answer answer = new Answer(403, Answer.none("Forbidden", message).body());

    assertThat(Guard.of(answer).orElse("none")).isEqualTo(guard);
  }
}
