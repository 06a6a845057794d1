package dev.berth.local.azure.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** A status, headers and a body, which may be missing. */
public record Answer(int status, Map<String, String> headers, JsonNode body) {

  /** Not an answer: the connection ends without one. */
  public static final Answer DROPPED = of(0);

  public Answer {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    headers = Collections.unmodifiableMap(sorted);
  }

  public static Answer of(int status) {
    return of(status, MissingNode.getInstance());
  }

  public static Answer of(int status, JsonNode body) {
    return new Answer(status, Map.of(), body);
  }

  public Answer with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }

  public Answer without(String header) {
    Map<String, String> fewer = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    fewer.putAll(headers);
    fewer.remove(header);
    return new Answer(status, fewer, body);
  }

  boolean isDropped() {
    return status == 0;
  }
}
