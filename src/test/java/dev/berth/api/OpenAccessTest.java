package dev.berth.api;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.Open.class)
class OpenAccessTest {

  @Test
  void everybodyReadsWhereTheApiIsOpen() {
    assertThat(given().get("/api/v1/tenants").statusCode()).isEqualTo(200);
    assertProblem(given().get("/api/v1/tenants/nobody"), 404, "NotFound");
  }

  @Test
  void aTokenIsNotLookedAt() {
    assertThat(given().header("Authorization", "Bearer x").get("/api/v1/tenants").statusCode())
        .isEqualTo(200);
  }

  @Test
  void aPageOfAnotherOriginIsNotAnswered() {
    for (String origin : List.of("https://evil.example", "null", "http://localhost:1")) {
      assertProblem(given().header("Origin", origin).get("/api/v1/tenants"), 403, "Forbidden");
      assertProblem(
          given().header("Origin", origin).delete("/api/v1/tenants/nobody"), 403, "Forbidden");
    }
  }

  @Test
  void aPageOfThisOriginIsAnswered() {
    String own = "http://localhost:" + RestAssured.port;
    assertThat(given().header("Origin", own).get("/api/v1/tenants").statusCode()).isEqualTo(200);
  }

  /** As after DNS rebinding. */
  @Test
  void anotherNameOfThisMachineIsNotAnswered() {
    Response answer = given().header("Host", "evil.example").get("/api/v1/tenants");
    assertProblem(answer, 403, "Forbidden");
    assertThat(answer.jsonPath().getString("detail")).contains("localhost, 127.0.0.1 or [::1]");
  }

  @Test
  void nothingIsWritable() {
    assertProblem(given().delete("/api/v1/tenants/nobody"), 405, "MethodNotAllowed");
  }
}
