package dev.berth.local.azure.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request as it came over the wire.
 *
 * @param query raw, without the question mark
 * @param headers by name, in whatever case one asks
 */
public record Request(
    String method, String path, String query, Map<String, String> headers, String body) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  static Request read(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    String query = exchange.getRequestURI().getRawQuery();
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        query == null ? "" : query,
        headers,
        new String(exchange.getRequestBody().readAllBytes(), UTF_8));
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** As the client reached it. */
  public String baseUrl() {
    return "http://" + headers.get("host");
  }

  public String target() {
    return query.isEmpty() ? path : path + "?" + query;
  }

  /** A parameter of the query. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(form(query).get(name));
  }

  static Map<String, String> form(String text) {
    Map<String, String> values = new TreeMap<>();
    for (String pair : text.split("&")) {
      String[] parts = pair.split("=", 2);
      values.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
    }
    return values;
  }

  public ObjectNode json() {
    try {
      JsonNode read = JSON.readTree(body);
      if (read instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // Answered like any other body that is not an object.
    }
    throw Refusal.ofArm(
        400, "InvalidRequestContent", "The request content was invalid and could not be read.");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
