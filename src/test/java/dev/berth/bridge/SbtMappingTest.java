package dev.berth.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.bridge.SbtConfig.AnswerNames;
import dev.berth.event.RawRecord;
import dev.berth.event.incoming.Decoder;
import dev.berth.event.incoming.Incoming;
import dev.berth.messaging.Parcel;
import dev.berth.tenant.Subject;
import dev.berth.tenant.TenantRequest;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of SBT become events that Berth's own decoder takes, or refuses with the reason. */
class SbtMappingTest {

  private static final String TENANT = "5b9d6a7e-93a4-4c0b-b1d2-8c7f6e5d4c3b";
  private static final String REGISTRATION = "1f0c8a34-6f1b-4d7e-8a4e-4a3f0b2d9e11";
  private static final int CASES = 3000;

  private final Decoder berth =
      new Decoder(Map.of("tenant.events", Set.of("/control-plane", "/bridge/sbt")));
  private final SbtMapping mapping =
      new SbtMapping(
          "tenant.events",
          List.of("Group:{tenantId}-admins", "User:{email}"),
          Map.of("basic", "starter"),
          new SbtAnswers("sbt.answers", "sbt.application.plane", AnswerNames.PROVISION));
  private final ObjectNode onboarding = SbtRecords.event("onboarding-request");
  private final ObjectNode offboarding = SbtRecords.event("offboarding-request");

  @Test
  void anOnboardingIsACreatedTenant() {
    Incoming.Request taken = taken(onboarding);

    assertThat(taken.envelope().id())
        .isEqualTo("sbt:sbt_aws_onboardingRequest/7d3a1f52-0c1e-4f0a-9a55-1f5b0a6f3c01");
    assertThat(taken.envelope().tenant()).hasToString(TENANT);
    assertThat(taken.envelope().cause().correlationId()).isEqualTo(REGISTRATION);
    assertThat(taken.generation())
        .isEqualTo(2 * Instant.parse("2026-11-30T18:00:00Z").toEpochMilli());
    TenantRequest.Upsert request = (TenantRequest.Upsert) taken.request();
    assertThat(request.origin()).isEqualTo(TenantRequest.Origin.CREATED);
    assertThat(request.spec().plan()).hasToString("starter");
    assertThat(request.spec().displayName()).isEqualTo("Nordwind Handel");
    assertThat(request.spec().owners())
        .extracting(Subject::name)
        .containsExactlyInAnyOrder(TENANT + "-admins", "admin@nordwind.example");
  }

  @Test
  void anOffboardingOfTheSameSecondIsNewerThanTheOnboarding() {
    Incoming.Request taken = taken(offboarding);

    assertThat(taken.request()).isInstanceOf(TenantRequest.Offboard.class);
    assertThat(taken.envelope().cause().correlationId()).isEqualTo(REGISTRATION);
    assertThat(taken.generation()).isEqualTo(taken(onboarding).generation() + 1);
  }

  @Test
  void aTierWithoutAPlanOfItsOwnHasThePlanOfItsName() {
    detail(onboarding).put("tier", "enterprise");
    TenantRequest.Upsert request = (TenantRequest.Upsert) taken(onboarding).request();
    assertThat(request.spec().plan()).hasToString("enterprise");
  }

  @Test
  void namesWithoutThePrefixOfNewerVersionsAreUnderstoodToo() {
    onboarding.put("detail-type", "onboardingRequest");
    assertThat(taken(onboarding).envelope().id()).startsWith("sbt:onboardingRequest/");
  }

  @Test
  void aRepeatIsTheSameRecordByteForByte() {
    Parcel first = mapping.map(SbtRecords.request(onboarding)).getFirst();
    Parcel again = mapping.map(SbtRecords.request(onboarding)).getFirst();
    assertThat(again.headers()).isEqualTo(first.headers());
    assertThat(again.value()).isEqualTo(first.value());
  }

  /** Else it would be refused where no answer follows. */
  @ParameterizedTest
  @ValueSource(
      strings = {"2026-11-30T18:00Z", "2026-11-30T19:00:00+01:00:00", "2026-11-30T18:00:00z"})
  void aTimeInAFormThatOnlyJavaTakesIsWrittenAnew(String time) {
    onboarding.put("time", time);
    assertThat(taken(onboarding).generation())
        .isEqualTo(2 * Instant.parse("2026-11-30T18:00:00Z").toEpochMilli());
  }

  @ParameterizedTest
  @CsvSource({
    "/detail/tenantId, 'Nordwind & Co', a tenant id has 1 to 40, InvalidTenantId",
    "/detail/tenantId, kube-system, a tenant id has 1 to 40, InvalidTenantId",
    "/detail/tenantId, , /detail/tenantId is not there, InvalidTenantId",
    "/detail/tier, , /detail/tier is not there, UnknownType",
    "/detail/email, , /detail/email is not there, UnknownType",
    "/detail-type, sbt_aws_deactivateRequest, neither onboardingRequest nor, UnknownType",
    "/id, , /id is not there, UnknownType",
    "/time, yesterday, /time is no time as in RFC 3339, UnknownType",
    "/time, 2199-01-01T00:00:00Z, /time is not between 2000, UnknownType",
  })
  void whatCannotBeMappedIsRefusedAndSaysWhatIsWrong(
      String pointer, String value, String why, Reason reason) {
    set(onboarding, pointer, value);
    RawRecord raw = SbtRecords.request(onboarding);

    Parcel sent = mapping.map(raw).getFirst();
    Incoming.Refused refused = (Incoming.Refused) berth.decode(SbtRecords.sent(sent));

    assertThat(refused.refusal().reason()).isEqualTo(reason);
    assertThat(refused.claims().type()).contains("(not mapped: ", why);
    assertThat(refused.claims().id()).isEqualTo("sbt.requests/0@17");
    assertThat(sent.value()).isEqualTo(raw.value());
  }

  @Test
  void whoeverWaitsIsToldThatARequestCannotBeMapped() {
    detail(onboarding).put("tenantId", "Nordwind");

    List<Parcel> sent = mapping.map(SbtRecords.request(onboarding));

    JsonNode answer = SbtRecords.json(sent.getLast());
    assertThat(sent.getLast().topic()).isEqualTo("sbt.answers");
    assertThat(answer.path("detail-type").asText()).isEqualTo("sbt_aws_provisionFailure");
    assertThat(answer.at("/detail/tenantRegistrationId").asText()).isEqualTo(REGISTRATION);
    assertThat(answer.at("/detail/jobOutput/tenantRegistrationData/registrationMessage").asText())
        .contains("/detail/tenantId", "a tenant id has");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "\"{}\"", "{\"id\": 1, \"id\": 2}", "{", "\uFEFF{}", "{}"})
  void whatIsNoEventIsRefused(String value) {
    Parcel sent = mapping.map(SbtRecords.request(value.getBytes(UTF_8))).getFirst();
    assertThat(berth.decode(SbtRecords.sent(sent))).isInstanceOf(Incoming.Refused.class);
  }

  @Test
  void aRecordWithoutAValueIsRefused() {
    RawRecord empty = SbtRecords.request((byte[]) null);
    assertThat(mapping.map(empty)).hasSize(1);
    assertThat(berth.decode(SbtRecords.sent(mapping.map(empty).getFirst())))
        .isInstanceOf(Incoming.Refused.class);
  }

  /** Real requests with anything in the place of anything: never an exception, never nothing. */
  @Test
  void whateverComesIsTakenOrRefusedWithAReason() {
    long seed = Long.getLong("berth.seed", 161);
    Random random = new Random(seed);
    int taken = 0;
    for (int i = 0; i < CASES; i++) {
      ObjectNode event = (random.nextBoolean() ? onboarding : offboarding).deepCopy();
      for (int changes = random.nextInt(3); changes > 0; changes--) {
        change(random.nextBoolean() ? event : detail(event), random);
      }
      Parcel sent = mapping.map(SbtRecords.request(event)).getFirst();
      Incoming incoming = berth.decode(SbtRecords.sent(sent));
      boolean mapped = incoming instanceof Incoming.Authorised;
      taken += mapped ? 1 : 0;
      assertThat(mapped || sent.headers().get("ce_type").contains("(not mapped: "))
          .as("seed %d, %s: %s", seed, event, incoming)
          .isTrue();
    }
    assertThat(taken).isBetween(CASES / 10, CASES * 9 / 10);
  }

  private static void change(ObjectNode object, Random random) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty()) {
      return;
    }
    JsonNodeFactory json = JsonNodeFactory.instance;
    ArrayNode things = json.arrayNode().add(0).add("").add(" ").add("\u0000x").add("\u202Ex");
    things.add("x".repeat(random.nextInt(600))).add("a--b").addNull().add(1e300).add(true);
    things.add("{tenantId}").add("system:masters").add("\uFFFD").add("a:b,c").add("\uD83D\uDE00");
    things.add(json.objectNode().put("a", 1)).add(json.arrayNode().add("a"));
    things.add("2026-13-45T00:00:00Z").add("+999999999-12-31T23:59:59+18:00").add("on\nboarding");
    String name = names.get(random.nextInt(names.size()));
    if (random.nextInt(5) == 0) {
      object.remove(name);
    } else {
      object.set(name, things.get(random.nextInt(things.size())));
    }
  }

  private Incoming.Request taken(JsonNode event) {
    List<Parcel> sent = mapping.map(SbtRecords.request(event));
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst().topic()).isEqualTo("tenant.events");
    return (Incoming.Request) berth.decode(SbtRecords.sent(sent.getFirst()));
  }

  private static ObjectNode detail(ObjectNode event) {
    return event.path("detail") instanceof ObjectNode detail ? detail : event;
  }

  private static void set(ObjectNode event, String pointer, String value) {
    ObjectNode object = pointer.startsWith("/detail/") ? detail(event) : event;
    String name = pointer.substring(pointer.lastIndexOf('/') + 1);
    if (value == null) {
      object.remove(name);
    } else {
      object.put(name, value);
    }
  }
}
