package dev.berth.api.stage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Sends requests that no HTTP client is willing to send. */
public final class Wire {

  private Wire() {}

  /** The whole answer, as text. */
  public static String get(String rawPath, String token) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.setSoTimeout(10_000);
      String request =
          "GET %s HTTP/1.1\r\nHost: berth\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.formatted(rawPath, token).getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
