package dev.berth.console;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is asked for in the address of a page, as a form sends it. Pure. */
public final class Terms {

  private final Map<String, String> byName = new TreeMap<>();

  /** A field that was left empty asks for nothing, and several values of one are a list. */
  public Terms(Map<String, List<String>> sent) {
    sent.forEach((name, values) -> {
      String joined = values.stream().filter(value -> !value.isBlank()).collect(joining(","));
      if (!joined.isEmpty()) {
        byName.put(name, joined);
      }
    });
  }

  private Terms(Stream<Map.Entry<String, String>> terms) {
    terms.forEach(term -> byName.put(term.getKey(), term.getValue()));
  }

  public String value(String name) {
    return byName.getOrDefault(name, "");
  }

  public boolean isVersion(String name, int version) {
    return value(name).equals(Integer.toString(version));
  }

  /** In the form that the API takes. */
  public Map<String, List<String>> parameters() {
    Map<String, List<String>> all = new TreeMap<>();
    byName.forEach((name, value) -> all.put(name, List.of(value)));
    return all;
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  public Terms with(String name, String value) {
    return new Terms(
        Stream.concat(without(name).byName.entrySet().stream(), Stream.of(Map.entry(name, value))));
  }

  public Terms without(String name) {
    return new Terms(byName.entrySet().stream().filter(term -> !term.getKey().equals(name)));
  }

  /** The address of the page that is asked for. */
  public String on(String path) {
    return byName.isEmpty()
        ? path
        : byName.entrySet().stream()
            .map(term -> encode(term.getKey(), UTF_8) + "=" + encode(term.getValue(), UTF_8))
            .collect(joining("&", path + "?", ""));
  }
}
