package dev.berth.api;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import org.eclipse.microprofile.config.ConfigProvider;

/** The management port of the application under test. */
final class Management {

  private Management() {}

  static Response get(String path) {
    int port = ConfigProvider.getConfig().getValue("quarkus.management.port", int.class);
    return given().port(port).get(path);
  }
}
