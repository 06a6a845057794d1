package dev.berth.local.azure.wire;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One call as the journal keeps it, without tokens and assertions.
 *
 * @param query raw
 * @param headers of the request, by name in any case
 */
public record Exchange(
    Call call, String method, String path, String query, Map<String, String> headers, Said said) {

  /**
   * What went to and fro.
   *
   * @param status 0 if the connection was dropped
   */
  public record Said(String body, int status) {}

  static Exchange of(Call call, Request request, Answer answer) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(request.headers());
    headers.remove("authorization");
    return new Exchange(
        call,
        request.method(),
        request.path(),
        request.query(),
        Collections.unmodifiableMap(headers),
        new Said(call == Call.TOKEN ? "" : request.body(), answer.status()));
  }

  public String body() {
    return said.body();
  }

  public int status() {
    return said.status();
  }
}
