package dev.berth.api.stage;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import org.eclipse.microprofile.config.ConfigProvider;

/** The management port of the application under test. */
public final class Management {

  private Management() {}

  public static Response get(String path) {
    int port = ConfigProvider.getConfig().getValue("quarkus.management.port", int.class);
    return given().port(port).get(path);
  }
}
