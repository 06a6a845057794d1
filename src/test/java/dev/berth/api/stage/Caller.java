package dev.berth.api.stage;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;

/** Calls of the API. */
public final class Caller {

  private Caller() {}

  /** With a token that opens the API. */
  public static RequestSpecification viewer() {
    return given().urlEncodingEnabled(false).header("Authorization", "Bearer " + Tokens.viewer());
  }
}
