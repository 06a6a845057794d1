package dev.berth.tracing;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes spans over OTLP, as a collector does. */
public final class Collector implements AutoCloseable {

  private final HttpServer server;
  private final List<Taken> spans = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();

  private Collector(HttpServer server) {
    this.server = server;
  }

  /** A span that was taken; {@code attributes} with those of its resource. */
  public record Taken(
      String name,
      String trace,
      String id,
      String parent,
      List<String> links,
      boolean failed,
      Map<String, String> attributes) {

    public String of(String attribute) {
      return attributes.getOrDefault(attribute, "");
    }
  }

  /**
   * One that is there from now on.
   *
   * @param port 0 = any that is free
   */
  public static Collector at(int port) {
    try {
      InetSocketAddress place = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      HttpServer server = HttpServer.create(place, 0);
      Collector collector = new Collector(server);
      server.createContext("/v1/traces", collector::take);
      server.start();
      return collector;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Taken> spans() {
    return List.copyOf(spans);
  }

  /** Everything that was sent, as text. */
  public String everything() {
    return String.join("\n", bodies);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes());
      bodies.add(request.toString());
      for (ResourceSpans group : request.getResourceSpansList()) {
        group.getScopeSpansList().stream()
            .flatMap(scope -> scope.getSpansList().stream())
            .forEach(span -> spans.add(taken(group, span)));
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static Taken taken(ResourceSpans group, Span span) {
    Map<String, String> attributes = new TreeMap<>();
    group
        .getResource()
        .getAttributesList()
        .forEach(it -> attributes.put(it.getKey(), it.getValue().getStringValue()));
    span.getAttributesList()
        .forEach(it ->
            attributes.put(
                it.getKey(),
                it.getValue().hasIntValue()
                    ? Long.toString(it.getValue().getIntValue())
                    : it.getValue().getStringValue()));
    return new Taken(
        span.getName(),
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getLinksList().stream().map(link -> hex(link.getTraceId())).toList(),
        span.getStatus().getCodeValue() == 2,
        attributes);
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
