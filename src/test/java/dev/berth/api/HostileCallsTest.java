package dev.berth.api;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static dev.berth.api.stage.ProblemAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.Management;
import dev.berth.api.stage.Samples;
import dev.berth.api.stage.Tokens;
import dev.berth.api.stage.Wire;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is a problem that says what to do. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class HostileCallsTest {

  private static final Tenant TENANT = Samples.ready("hostile", new PlanVersion("team", 1));
  private static final String ACTIONS = "/api/v1/tenants/hostile/actions";
  private static final String LOOK = "{\"kind\":\"look\",\"reason\":\"%s\"}";

  private final Tenants tenants;

  HostileCallsTest(Tenants tenants) {
    this.tenants = tenants;
  }

  @BeforeEach
  void store() {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          if (tenants.find(TENANT.id()).isEmpty()) {
            tenants.remember(TENANT);
          }
        });
  }

  @Test
  void everyPathTakesTheMethodsOfTheDocumentAndNamesThem() {
    Map<String, Map<String, ?>> paths =
        Management.get("/q/openapi?format=json").jsonPath().getMap("paths");
    assertThat(paths).hasSizeGreaterThan(20);
    paths.forEach((template, operations) -> {
      String path = template.replaceAll("\\{[^}]+}", "hostile");
      Set<String> allowed = allowed(operations.keySet());
      assertThat(allow(Caller.of("berth-admin").options(path))).as(path).isEqualTo(allowed);
      Stream.of("GET", "POST", "PUT", "PATCH", "DELETE", "BREW")
          .filter(method -> !allowed.contains(method))
          .forEach(method -> {
            Response refused = Caller.of("berth-admin").request(method, path + "?x=1");
            assertThat(assertProblem(refused, 405, "MethodNotAllowed").getString("detail"))
                .contains(allowed);
            assertThat(allow(refused)).as(method + " " + path).isEqualTo(allowed);
          });
    });
  }

  private static Set<String> allowed(Set<String> operations) {
    Stream<String> always =
        operations.contains("get") ? Stream.of("OPTIONS", "HEAD") : Stream.of("OPTIONS");
    return Stream.concat(operations.stream().map(it -> it.toUpperCase(Locale.ROOT)), always)
        .collect(Collectors.toSet());
  }

  private static Set<String> allow(Response answer) {
    return Set.of(answer.header("Allow").split(", "));
  }

  @Test
  void aPathThatNobodyServesHasNoMethods() {
    assertProblem(Caller.viewer().options("/api/v1/nothing"), 404, "NotFound");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10485761", "9000000000000000000"})
  void aBodyThatTheServerWouldNotTakeIsRefusedBeforeItIsSent(String length) throws IOException {
    assertThat(Wire.post(ACTIONS, Tokens.of("berth-operator"), Map.of("Content-Length", length)))
        .startsWith("HTTP/1.1 413")
        .contains("application/problem+json", "\"reason\":\"TooLarge\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "gzip, gzip", "x"})
  void aPackedBodyIsNotReadAsAPlainOne(String encoding) {
    Response answer =
        Caller.acting("berth-operator", LOOK.formatted("why"))
            .header("Content-Encoding", encoding)
            .post(ACTIONS);

    assertThat(assertProblem(answer, 415, "UnsupportedMediaType").getString("detail"))
        .contains("Content-Encoding");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                  | must be a JSON object
          ''                                  | it is empty
          {"kind":                            | line 1, column
          {"kind":"look","kind":"look"}       | Duplicate field
          {"kind":"look","reason":"a"} {}     | text follows the value
          {"kind":"look","reason":"\\ud800"}   | half a surrogate pair
          """)
  void aBodyThatCannotBeReadSaysWhereAndWhy(String body, String why) {
    Response answer = Caller.acting("berth-operator", body).post(ACTIONS);

    assertThat(assertProblem(answer, 400, "InvalidRequest").getString("detail")).contains(why);
  }

  @Test
  void aReasonIsCountedInCharactersAndReadAsItIs() {
    assertThat(act("\uD83D\uDEA2".repeat(500)).statusCode()).isEqualTo(202);
    List.of("\uD83D\uDEA2".repeat(501), "why\\n", "\\twhy", " ", "\u00A0", "wh\u202Ey")
        .forEach(reason -> assertRefused(act(reason), "reason"));
  }

  private static Response act(String reason) {
    return Caller.acting("berth-operator", LOOK.formatted(reason)).post(ACTIONS);
  }

  @ParameterizedTest
  @CsvSource({"no key,Idempotency-Key", "1,reason"})
  void aDryRunNeedsNothingButTakesNothingWrong(String key, String parameter) {
    String body = parameter.equals("reason") ? "{\"reason\":\"\"}" : "";

    Response answer =
        Caller.of("berth-operator")
            .header("Idempotency-Key", key)
            .contentType("application/json")
            .body(body)
            .post("/api/v1/quarantine/replays?dryRun=true");

    assertRefused(answer, parameter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/tenants?q=h&",
        "/api/v1/quarantine?",
        "/api/v1/capacity/line?pool=a&",
        "/api/v1/tenants/hostile/timeline?",
        ACTIONS + "?"
      })
  void aCursorOfAnotherQuestionIsRefused(String question) {
    String other = "p" + UUID.randomUUID();
    QuarkusTransaction.requiringNew()
        .run(() ->
            tenants.remember(Samples.ready(other.substring(0, 8), new PlanVersion(other, 1))));
    String cursor =
        Caller.viewer().get("/api/v1/tenants?limit=1").jsonPath().getString("nextCursor");

    for (String wrong : List.of(cursor, "1", "")) {
      assertRefused(Caller.viewer().get(question + "cursor=" + wrong), "cursor");
    }
    assertRefused(Caller.viewer().get(question + "limit=%D9%A1"), "limit");
  }

  @ParameterizedTest
  @CsvSource({
    "-21:40,true",
    "%2B23:59,true",
    "Z,true",
    "%2B24:00,false",
    "-1:00,false",
    "'',false"
  })
  void aTimeHasAnyOffsetThatThereIs(String offset, boolean taken) {
    Response answer = Caller.viewer().get("/api/v1/quarantine?since=2026-11-24T18:00:00" + offset);

    if (taken) {
      assertThat(answer.statusCode()).isEqualTo(200);
    } else {
      assertRefused(answer, "since");
    }
  }
}
