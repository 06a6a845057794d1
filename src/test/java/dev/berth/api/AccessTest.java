package dev.berth.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Issuer;
import dev.berth.api.stage.ProblemAssert;
import dev.berth.api.stage.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class AccessTest {

  @Test
  void aViewerReads() {
    assertThat(call("Bearer " + Tokens.viewer()).statusCode()).isEqualTo(404);
  }

  @Test
  void nobodyReadsWithoutAToken() {
    assertUnauthenticated(given().get("/api/v1/tenants/acme"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer ", "Bearer", "Bearer null", "Bearer a.b.c", "Basic YTpi", "", "x"})
  void whatIsNotATokenOpensNothing(String authorization) {
    assertUnauthenticated(call(authorization));
  }

  @Test
  void anExpiredTokenOpensNothing() {
    assertUnauthenticated(bearer(Tokens.sign(Tokens.viewerClaims().expiresAt(1_700_000_000))));
  }

  @Test
  void aTokenForAnotherAudienceOpensNothing() {
    assertUnauthenticated(bearer(Tokens.sign(Tokens.viewerClaims().audience("grafana"))));
  }

  @Test
  void aTokenWithoutAudienceOpensNothing() {
    assertUnauthenticated(bearer(Tokens.sign(Tokens.viewerClaims().remove("aud"))));
  }

  @Test
  void aTokenOfAnotherIssuerOpensNothing() {
    assertUnauthenticated(bearer(Tokens.sign(Tokens.viewerClaims().issuer("http://evil.test"))));
  }

  @Test
  void aTokenSignedWithAForeignKeyOpensNothing() {
    String token = Tokens.sign(Tokens.viewerClaims(), Issuer.key().getRsaPrivateKey());
    assertUnauthenticated(bearer(token));
  }

  @Test
  void anUnsignedTokenOpensNothing() {
    String[] parts = Tokens.viewer().split("\\.");
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(UTF_8));
    assertUnauthenticated(bearer(header + "." + parts[1] + "."));
    assertUnauthenticated(bearer(header + "." + parts[1] + "." + parts[2]));
  }

  @Test
  void aTokenWithoutTheRoleIsForbidden() {
    for (String token :
        Set.of(
            Tokens.sign(Tokens.claims()),
            Tokens.sign(Tokens.claims().groups(Set.of("viewer", "berth-viewers"))))) {
      Response response = bearer(token);
      assertThat(response.statusCode()).isEqualTo(403);
      ProblemAssert.assertProblem(response, 403, "Forbidden");
    }
  }

  @Test
  void whoMayDoMoreMayRead() {
    for (String role : Set.of("berth-operator", "berth-admin")) {
      assertThat(bearer(Tokens.of(role)).statusCode()).as(role).isEqualTo(404);
    }
  }

  @Test
  void everyPathBelowApiIsClosed() {
    Stream.of(
            "/api",
            "/api/",
            "/api/v1",
            "/api/v1/tenants",
            "/api/v2/x",
            "//api/v1/tenants",
            "/x/../api/v1/tenants",
            "/api/v1/tenants;a=b",
            "/api%2Fv1/tenants")
        .forEach(path -> {
          int status = given().urlEncodingEnabled(false).get(path).statusCode();
          assertThat(status).as(path).isIn(401, 404);
          assertThat(status == 404 && path.startsWith("/api/")).as(path).isFalse();
        });
    assertUnauthenticated(given().delete("/api/v1/tenants/acme"));
    assertThat(given().head("/api/v1/tenants").statusCode()).isEqualTo(401);
    assertThat(given().options("/api/v1/tenants").statusCode()).isEqualTo(401);
  }

  private static Response bearer(String token) {
    return call("Bearer " + token);
  }

  private static Response call(String authorization) {
    return given().header("Authorization", authorization).get("/api/v1/tenants/nobody");
  }

  private static void assertUnauthenticated(Response response) {
    ProblemAssert.assertProblem(response, 401, "Unauthenticated");
    assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer");
  }
}
