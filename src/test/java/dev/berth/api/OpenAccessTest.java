package dev.berth.api;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
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
  void nothingIsWritable() {
    assertProblem(given().delete("/api/v1/tenants/nobody"), 405, "MethodNotAllowed");
  }
}
