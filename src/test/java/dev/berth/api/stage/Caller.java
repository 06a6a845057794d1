package dev.berth.api.stage;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.util.UUID;

/** Calls of the API. */
public final class Caller {

  private Caller() {}

  /** With a token that opens the API. */
  public static RequestSpecification viewer() {
    return of("berth-viewer");
  }

  /** With a token that has the role. */
  public static RequestSpecification of(String role) {
    return given().urlEncodingEnabled(false).header("Authorization", "Bearer " + Tokens.of(role));
  }

  /** Who acts on a tenant, with a key of the call's own. */
  public static RequestSpecification acting(String role, String body) {
    return of(role)
        .header("Idempotency-Key", UUID.randomUUID())
        .contentType("application/json")
        .body(body);
  }
}
