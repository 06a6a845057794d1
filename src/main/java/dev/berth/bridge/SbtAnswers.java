package dev.berth.bridge;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.bridge.SbtConfig.AnswerNames;
import dev.berth.bridge.SbtRequest.Errand;
import dev.berth.event.RawRecord;
import dev.berth.event.outgoing.StepType;
import dev.berth.messaging.Parcel;
import dev.berth.tenant.condition.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Steps of Berth to the answers that SBT waits for, by the step alone: a failure may be followed by
 * a success, never the other way round. All successes of one request have the same id, and all
 * failures have another one. Pure.
 */
final class SbtAnswers {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String topic;
  private final String source;
  private final AnswerNames names;

  SbtAnswers(String topic, String source, AnswerNames names) {
    this.topic = topic;
    this.source = source;
    this.names = names;
  }

  /** Who waits for an answer. */
  record Asker(String tenant, String registration) {}

  /** What there is to tell: the status of the registration, and why it has it. */
  private record Tidings(String status, String reason, String text, ArrayNode namespaces) {}

  /** None for a step that settles no request of SBT. */
  List<Parcel> of(RawRecord step) {
    return SbtRequest.ofCausation(header(step, "ce_causationid")).stream()
        .flatMap(request -> answer(request, step))
        .toList();
  }

  private Stream<Parcel> answer(SbtRequest request, RawRecord step) {
    JsonNode data = json(step);
    return success(request.errand(), header(step, "ce_type"), data)
        .map(success -> {
          Asker asker = new Asker(header(step, "ce_subject"), header(step, "ce_correlationid"));
          String reason = data.path("reason").asText();
          String text = data.path("message").asText();
          Tidings tidings =
              new Tidings(status(request, success), reason, text, instance.arrayNode());
          if (success && request.errand() == Errand.ONBOARDING) {
            data.path("namespaces")
                .forEach(it -> tidings.namespaces().add(it.path("namespace").asText()));
          }
          return parcel(request, success, asker, header(step, "ce_time"), tidings);
        })
        .stream();
  }

  /**
   * Whether the step settles the request well; empty where it does not settle it. A tenant that was
   * ready before was so by the same request, which was answered then; one that was degraded may
   * have been so when the request came, and is only answered now.
   */
  private static Optional<Boolean> success(Errand errand, String type, JsonNode data) {
    Stream<StepType> good =
        errand == Errand.ONBOARDING
            ? Stream.of(StepType.PROVISIONED, StepType.PLAN_APPLIED)
            : Stream.of(StepType.OFFBOARDED);
    StepType held = errand == Errand.ONBOARDING ? StepType.BLOCKED : StepType.OFFBOARDING_BLOCKED;
    if (good.anyMatch(step -> step.type().equals(type))) {
      return isPhase(data, "previousPhase", Phase.READY) ? Optional.empty() : Optional.of(true);
    }
    boolean failed =
        type.equals(StepType.REJECTED.type())
            || (type.equals(held.type()) && isHeldNow(data) && isUndone(errand, data));
    return failed ? Optional.of(false) : Optional.empty();
  }

  /** The first of several such steps, and one that waits for a person. */
  private static boolean isHeldNow(JsonNode data) {
    return isPhase(data, "phase", Phase.BLOCKED) && !isPhase(data, "previousPhase", Phase.BLOCKED);
  }

  /** The cluster was not brought to what was asked for, so no success was sent. */
  private static boolean isUndone(Errand errand, JsonNode data) {
    return errand == Errand.OFFBOARDING
        || data.path("observedGeneration").asLong() < data.path("generation").asLong();
  }

  private static boolean isPhase(JsonNode data, String member, Phase phase) {
    return phase.name().equals(data.path(member).asText());
  }

  /** To a request that Berth was not even asked. */
  Parcel failure(SbtRequest request, Asker asker, Instant time, String why) {
    Tidings tidings = new Tidings(status(request, false), "InvalidData", why, instance.arrayNode());
    return parcel(request, false, asker, time.toString(), tidings);
  }

  private static String status(SbtRequest request, boolean success) {
    if (!success) {
      return "failed";
    }
    return request.errand() == Errand.ONBOARDING ? "created" : "deleted";
  }

  private Parcel parcel(
      SbtRequest request, boolean success, Asker asker, String time, Tidings tidings) {
    String type = request.answer(success, names);
    String name = request.eventId() + "/" + success;
    ObjectNode answer =
        instance
            .objectNode()
            .put("version", "0")
            .put("id", UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString())
            .put("detail-type", type)
            .put("source", source)
            .put("time", time);
    ObjectNode detail =
        answer
            .putObject("detail")
            .put("tenantRegistrationId", asker.registration())
            .put("tenantId", asker.tenant());
    ObjectNode output = detail.putObject("jobOutput");
    ObjectNode tenant = output.putObject("tenantData");
    if (!tidings.namespaces().isEmpty()) {
      tenant.set("namespaces", tidings.namespaces());
    }
    output
        .putObject("tenantRegistrationData")
        .put("registrationStatus", tidings.status())
        .put("registrationReason", tidings.reason())
        .put("registrationMessage", tidings.text());
    Map<String, String> headers = Map.of("content-type", "application/json");
    return new Parcel(topic, asker.tenant(), headers, answer.toString().getBytes(UTF_8));
  }

  private static String header(RawRecord step, String name) {
    return step.texts(name).findFirst().orElse("");
  }

  /** As Berth wrote it. */
  private static JsonNode json(RawRecord step) {
    try {
      return JSON.readTree(step.value() == null ? new byte[0] : step.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
