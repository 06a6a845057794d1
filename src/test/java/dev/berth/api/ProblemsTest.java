package dev.berth.api;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.Tokens;
import dev.berth.api.stage.Wire;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class ProblemsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/",
        "/api/v1",
        "/api/v2/tenants",
        "/api/v1/tenant",
        "/api/v1/tenants/acme/x",
        "/api/v1/tenants/acme/x/y",
        "/api/v1/node-pools/kd8sv5/x",
        "/q/health",
        "/q/metrics",
        "/q/openapi",
        "/q/info",
        "/x"
      })
  void aPathThatNobodyServesIsNotFound(String path) {
    assertThat(assertProblem(Caller.viewer().get(path), 404, "NotFound").getString("instance"))
        .isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void otherMethodsAreNotAllowed(String method) {
    for (String path :
        new String[] {"/api/v1/tenants", "/api/v1/tenants/acme", "/api/v1/node-pools"}) {
      Response response =
          Caller.viewer().contentType("application/json").body("{}").request(method, path);
      assertProblem(response, 405, "MethodNotAllowed");
      assertThat(response.header("Allow")).contains("GET");
    }
  }

  @Test
  void anotherMediaTypeIsNotAcceptable() {
    assertProblem(
        Caller.viewer().accept("application/xml").get("/api/v1/tenants"), 406, "NotAcceptable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/tenants/%zz",
        "/api/v1/tenants/%",
        "/api/v1/tenants?phase=%zz",
        "/api/v1/tenants?%=%"
      })
  void aBrokenRequestLineIsRefusedBeforeTheApi(String path) throws IOException {
    assertThat(Wire.get(path, Tokens.viewer()))
        .startsWith("HTTP/1.1 400")
        .doesNotContain("Exception");
  }

  @Test
  void whatIsLongerThanTheServerTakesIsRefusedBeforeTheApi() throws IOException {
    assertThat(Wire.get("/api/" + "a".repeat(17_000), "")).matches("(?s)HTTP/1\\.[01] 414 .*");
    assertThat(Wire.get("/api/", "a".repeat(21_000))).matches("(?s)HTTP/1\\.[01] 431 .*");
  }

  @ParameterizedTest
  @ValueSource(ints = {41, 4096, 12_000})
  void anIdThatIsTooLongNamesNoTenant(int length) {
    assertProblem(Caller.viewer().get("/api/v1/tenants/" + "a".repeat(length)), 404, "NotFound");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?x", "?cursor=", "?cursor", "?limit"})
  void aParameterWithoutAValueIsNamed(String query) {
    assertProblem(Caller.viewer().get("/api/v1/tenants" + query), 400, "InvalidParameter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/tenants/%00", "/api/v1/tenants/%ff%fe"})
  void bytesThatAreNoTextNameNoTenant(String path) throws IOException {
    assertThat(Wire.get(path, Tokens.viewer()))
        .startsWith("HTTP/1.1 404")
        .contains("application/problem+json", "\"reason\":\"NotFound\"");
  }
}
