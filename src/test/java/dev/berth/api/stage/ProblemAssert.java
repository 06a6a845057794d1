package dev.berth.api.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;

/** Says of an answer that it is a problem document, in full. */
public final class ProblemAssert {

  private ProblemAssert() {}

  public static JsonPath assertProblem(Response response, int status, String reason) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    assertThat(response.contentType()).startsWith("application/problem+json");
    JsonPath problem = response.jsonPath();
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("reason")).isEqualTo(reason);
    assertThat(problem.getString("type")).isEqualTo("urn:berth:problem:" + reason);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("detail")).isNotBlank();
    assertThat(problem.getString("instance")).startsWith("/");
    assertThat(response.asString()).doesNotContain("Exception", "java.", "dev.berth");
    return problem;
  }

  /** That the call is refused for this parameter alone. */
  public static void assertRefused(Response answer, String parameter) {
    JsonPath problem = assertProblem(answer, 400, "InvalidParameter");
    OpenApi.served().assertValid("Problem", answer);
    assertThat(problem.getList("errors.parameter")).containsExactly(parameter);
    assertThat(problem.getString("errors[0].reason")).isEqualTo("InvalidParameter");
    assertThat(problem.getString("errors[0].detail")).isNotBlank();
  }
}
