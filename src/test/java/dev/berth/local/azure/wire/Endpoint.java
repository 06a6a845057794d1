package dev.berth.local.azure.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.local.azure.wire.Mishap.Afterwards;
import dev.berth.local.azure.wire.Mishap.Differently;
import dev.berth.local.azure.wire.Mishap.Instead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The listener: reads, keeps the gates, lets mishaps happen, writes down and answers. */
public final class Endpoint implements AutoCloseable {
  static {
    // Else each answer on a kept connection waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Gates gates;
  private final List<Route> routes;
  private final Journal journal = new Journal();

  private Endpoint(HttpServer server, Gates gates, List<Route> routes) {
    this.server = server;
    this.gates = gates;
    this.routes = routes;
  }

  /**
   * @param port 0 for any
   */
  public static Endpoint start(int port, Gates gates, List<Route> routes) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      Endpoint endpoint = new Endpoint(server, gates, routes);
      server.setExecutor(endpoint.threads);
      server.createContext("/", endpoint::handle);
      server.start();
      return endpoint;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public Journal journal() {
    return journal;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = Request.read(exchange);
      Answer answer = answer(request);
      if (!answer.isDropped()) {
        send(exchange, answer);
      }
    }
  }

  private Answer answer(Request request) {
    Optional<Route> route = routes.stream().filter(one -> one.fits(request)).findFirst();
    Answer answer = route.map(one -> answer(one, request)).orElseGet(() -> unknown(request));
    journal.add(Exchange.of(route.map(Route::call).orElse(Call.OTHER), request, answer));
    return answer;
  }

  private static Answer unknown(Request request) {
    return Refusal.ofArm(
            404,
            "InvalidResourceType",
            "No resource type answers %s %s.".formatted(request.method(), request.path()))
        .answer();
  }

  private Answer answer(Route route, Request request) {
    try {
      gates.letPass(route.call(), request);
      return answer(route, request, gates.mishaps(route.call(), request.path()));
    } catch (Refusal refusal) {
      return refusal.answer();
    } catch (RuntimeException mistake) {
      // Not Azure's: whoever wrote the double, or the listener that a test gave it, has to look.
      mistake.printStackTrace();
      return Refusal.ofArm(501, "TheDoubleIsBroken", mistake.toString()).answer();
    }
  }

  private Answer answer(Route route, Request request, List<Mishap> mishaps) {
    Course course = gates.usualCourse();
    for (Mishap mishap : mishaps) {
      if (mishap instanceof Instead instead) {
        return instead.answer();
      }
      if (mishap instanceof Differently differently) {
        course = differently.course().apply(course);
      }
    }
    Answer answer = route.answer(request, course);
    for (Mishap mishap : mishaps) {
      if (mishap instanceof Afterwards afterwards) {
        answer = afterwards.said().apply(answer);
      }
    }
    return answer;
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.getResponseHeaders().set("x-ms-request-id", UUID.randomUUID().toString());
    exchange.getResponseHeaders().set("x-ms-correlation-request-id", UUID.randomUUID().toString());
    if (answer.body().isMissingNode()) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    byte[] bytes = answer.body().toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
