package dev.berth.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.bridge.SbtConfig.AnswerNames;
import dev.berth.event.RawRecord;
import dev.berth.messaging.Parcel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps become the answers that SBT waits for. */
class SbtAnswersTest {

  private static final Path DIALOGUE =
      Path.of(System.getProperty("basedir", ""))
          .resolve("src/main/resources/META-INF/resources/contract/dialogue.jsonl");
  private static final String ONBOARDING = "sbt:sbt_aws_onboardingRequest/e1";
  private static final String OFFBOARDING = "sbt:sbt_aws_offboardingRequest/e2";

  private final SbtAnswers answers =
      new SbtAnswers("sbt.answers", "sbt.application.plane", AnswerNames.PROVISION);

  /** What a real Berth said, as if SBT had sent the first request and the last one. */
  @Test
  void theRecordedDialogueAnswersEachRequestOnce() throws IOException {
    List<JsonNode> lines = Files.readAllLines(DIALOGUE).stream().map(SbtRecords::json).toList();
    Map<String, String> causes = new HashMap<>();
    for (JsonNode line : lines) {
      String type = line.at("/headers/ce_type").asText();
      if (type.endsWith(".created.v1")) {
        causes.putIfAbsent(line.at("/headers/ce_id").asText(), ONBOARDING);
      } else if (type.endsWith(".offboarding-requested.v1")) {
        causes.put(line.at("/headers/ce_id").asText(), OFFBOARDING);
      }
    }

    List<JsonNode> told =
        lines.stream()
            .filter(line -> line.path("topic").asText().equals("tenant.lifecycle"))
            .flatMap(line -> answers.of(step(line, causes)).stream())
            .map(SbtRecords::json)
            .toList();

    assertThat(told)
        .extracting(answer -> answer.path("detail-type").asText())
        .containsExactly("sbt_aws_provisionSuccess", "sbt_aws_deprovisionSuccess");
    JsonNode opened = told.getFirst();
    assertThat(opened.path("source").asText()).isEqualTo("sbt.application.plane");
    assertThat(opened.at("/detail/tenantId").asText()).isEqualTo("northwind");
    assertThat(opened.at("/detail/tenantRegistrationId").asText()).isEqualTo("order-66");
    JsonNode output = opened.at("/detail/jobOutput");
    assertThat(output.at("/tenantData/namespaces/0").asText()).isEqualTo("tenant-northwind");
    assertThat(output.at("/tenantRegistrationData/registrationStatus").asText())
        .isEqualTo("created");
    assertThat(told.getLast().at("/detail/jobOutput/tenantData")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "onboarding, provisioned, READY, PROVISIONING, 2, 2, onboardingSuccess",
    "onboarding, provisioned, READY, BLOCKED, 2, 2, onboardingSuccess",
    "onboarding, plan-applied, READY, UPDATING, 2, 2, onboardingSuccess",
    "onboarding, provisioned, READY, DEGRADED, 2, 2, onboardingSuccess",
    "onboarding, provisioned, READY, READY, 2, 2,",
    "onboarding, blocked, BLOCKED, ACCEPTED, 2, 0, onboardingFailure",
    "onboarding, blocked, BLOCKED, BLOCKED, 2, 0,",
    "onboarding, blocked, BLOCKED, READY, 2, 2,",
    "onboarding, rejected, REJECTED, , 0, 0, onboardingFailure",
    "onboarding, provisioning-failed, FAILED, PROVISIONING, 2, 0,",
    "onboarding, waitlisted, WAITLISTED, ACCEPTED, 2, 0,",
    "onboarding, accepted, ACCEPTED, , 2, 0,",
    "onboarding, offboarded, OFFBOARDED, DEPROVISIONING, 3, 3,",
    "offboarding, offboarded, OFFBOARDED, DEPROVISIONING, 3, 3, offboardingSuccess",
    "offboarding, offboarding-blocked, BLOCKED, DEPROVISIONING, 3, 3, offboardingFailure",
    "offboarding, offboarding-blocked, BLOCKED, BLOCKED, 3, 3,",
    "offboarding, offboarding-blocked, FAILED, DEPROVISIONING, 3, 3,",
    "offboarding, rejected, READY, READY, 2, 2, offboardingFailure",
    "offboarding, provisioned, READY, PROVISIONING, 3, 3,",
  })
  void eachStepSettlesWhatItSettles(
      String kind,
      String step,
      String phase,
      String previous,
      long generation,
      long observed,
      String answer) {
    String cause = "sbt:%sRequest/e1".formatted(kind);

    List<Parcel> told =
        new SbtAnswers("sbt.answers", "app", AnswerNames.ONBOARDING)
            .of(step(step, cause, data(phase, previous, generation, observed)));

    assertThat(told)
        .extracting(parcel -> SbtRecords.json(parcel).path("detail-type").asText())
        .isEqualTo(answer == null ? List.of() : List.of(answer));
  }

  @Test
  void stepsOfOtherProducersAreNotAnswered() {
    String data = data("READY", "PROVISIONING", 1, 1);
    assertThat(answers.of(step("provisioned", "2626dcdb-2b67-40e4-b810-bc1916de6514", data)))
        .isEmpty();
    assertThat(answers.of(step("provisioned", "sbt:sbt_aws_billingSuccess/e1", data))).isEmpty();
  }

  @Test
  void allSuccessesOfOneRequestHaveOneIdAndNoOtherHasIt() {
    String opened = id("provisioned", ONBOARDING, data("READY", "PROVISIONING", 1, 1));
    String openedAgain = id("provisioned", ONBOARDING, data("READY", "BLOCKED", 1, 1));
    String held = id("blocked", ONBOARDING, data("BLOCKED", "ACCEPTED", 1, 0));
    String gone = id("offboarded", OFFBOARDING, data("OFFBOARDED", "DEPROVISIONING", 2, 2));

    assertThat(openedAgain).isEqualTo(opened);
    assertThat(List.of(opened, held, gone)).doesNotHaveDuplicates();
  }

  private String id(String step, String cause, String data) {
    return SbtRecords.json(answers.of(step(step, cause, data)).getFirst()).path("id").asText();
  }

  private static String data(String phase, String previous, long generation, long observed) {
    return """
    {"phase": "%s", "previousPhase": %s, "generation": %d, "observedGeneration": %d,
     "reason": "Some", "message": "some", "namespaces": []}
    """
        .formatted(phase, previous == null ? null : '"' + previous + '"', generation, observed);
  }

  private static RawRecord step(String type, String cause, String data) {
    Map<String, String> headers =
        Map.of(
            "ce_type", "dev.berth.tenant.%s.v1".formatted(type),
            "ce_subject", "acme",
            "ce_correlationid", "registration-1",
            "ce_causationid", cause,
            "ce_time", "2026-11-30T18:01:00Z");
    return SbtRecords.record("tenant.lifecycle", "acme", headers, data.getBytes(UTF_8));
  }

  private static RawRecord step(JsonNode line, Map<String, String> causes) {
    Map<String, String> headers = new HashMap<>();
    line.path("headers")
        .properties()
        .forEach(it -> headers.put(it.getKey(), it.getValue().asText()));
    headers.computeIfPresent("ce_causationid", (name, id) -> causes.getOrDefault(id, id));
    return SbtRecords.record(
        "tenant.lifecycle",
        line.path("key").asText(),
        headers,
        line.path("value").toString().getBytes(UTF_8));
  }
}
