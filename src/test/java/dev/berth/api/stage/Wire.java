package dev.berth.api.stage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.local.process.Patience;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;

/** Sends requests that no HTTP client is willing to send. */
public final class Wire {

  private Wire() {}

  /** The whole answer, as text. */
  public static String get(String rawPath, String token) throws IOException {
    return send("GET " + rawPath, token, Map.of());
  }

  /** The same of a POST that says of its body what these headers say, and sends none. */
  public static String post(String rawPath, String token, Map<String, String> headers)
      throws IOException {
    return send("POST " + rawPath, token, headers);
  }

  private static String send(String what, String token, Map<String, String> headers)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.setSoTimeout((int) Patience.LONG.toMillis());
      StringBuilder more = new StringBuilder();
      headers.forEach((name, value) -> more.append("%s: %s\r\n".formatted(name, value)));
      String request =
          "%s HTTP/1.1\r\nHost: berth\r\nAuthorization: Bearer %s\r\n%sConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.formatted(what, token, more).getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
