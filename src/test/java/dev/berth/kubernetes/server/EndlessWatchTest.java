package dev.berth.kubernetes.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.local.process.SettableClock;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** G8, G17: a watch against an API server that does not keep its side. */
class EndlessWatchTest {

  private static final Duration NEVER = Duration.ofMinutes(10);

  private final SettableClock clock = new SettableClock();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Queue<Answering> answers = new ConcurrentLinkedQueue<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Integer> listed = new CopyOnWriteArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger listings = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private KubernetesClient client;
  private EndlessWatch watch;

  /** What the server sends to one watch; it ends the watch when this returns. */
  private interface Answering {
    void to(OutputStream out) throws Exception;
  }

  @BeforeEach
  void anApiServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
    Config config = Config.empty();
    config.setHttp2Disable(true);
    config.setMasterUrl("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
    client = new KubernetesClientBuilder().withConfig(config).build();
  }

  @AfterEach
  void end() {
    over.countDown();
    watch.close();
    client.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void oneThatIsEndedAtOnceBeginsAnewLessAndLessOften() {
    for (int i = 0; i < 20; i++) {
      answers.add(out -> {});
    }
    long begun = System.nanoTime();
    watch(NEVER);

    await().until(() -> asked.size() >= 3);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(2300));
    assertThat(listings.get()).as("what was missed is listed").isGreaterThanOrEqualTo(3);
  }

  @Test
  void oneThatTheServerEndsInDueTimeGoesOnWhereItWasWithoutAListing() {
    // A connection may break between the processes; then the watch rightly begins with a listing.
    for (int tries = 0; tries < 20; tries++) {
      answers.add(out -> {
        send(out, "ADDED", 6);
        send(out, "BOOKMARK", 7);
        clock.goesOn(Duration.ofSeconds(300));
      });
    }
    watch(NEVER);

    await().until(() -> asked.stream().anyMatch(query -> query.endsWith("resourceVersion=7")));
    List<String> before =
        asked.stream().takeWhile(query -> !query.endsWith("resourceVersion=7")).toList();
    assertThat(listed.get(before.size()))
        .as("listings for all before, and not for this one")
        .isEqualTo(before.size());
    assertThat(told).containsOnly("6");
  }

  @Test
  void aSilentOneIsEndedAndBeginsAnewWithAListing() {
    watch(Duration.ofSeconds(1));

    await().until(() -> asked.size() >= 2);
    assertThat(listings).hasValueGreaterThanOrEqualTo(2);
    assertThat(watch.trouble()).as("an API server that has just started is silent").isEmpty();
  }

  @Test
  void withoutAWordItIsNotLiveHoweverItsConnectionStands() {
    CountDownLatch word = new CountDownLatch(1);
    answers.add(out -> {
      word.await();
      send(out, "BOOKMARK", 2);
      over.await();
    });
    watch(Duration.ofSeconds(90));
    await().until(watch::isLive);

    clock.goesOn(Duration.ofSeconds(89));
    assertThat(watch.isLive()).isTrue();
    clock.goesOn(Duration.ofSeconds(1));
    assertThat(watch.isLive()).isFalse();

    word.countDown();
    await().until(watch::isLive);
  }

  @Test
  void anErrorOfAListenerIsNotItsEndAndNothingIsMissed() {
    answers.add(out -> {
      send(out, "MODIFIED", 13);
      over.await();
    });
    watch(NEVER);

    await().until(() -> listings.get() >= 2);
    assertThat(told).isEmpty();
  }

  private void watch(Duration silence) {
    watch =
        new EndlessWatch(
            new ApiServer(client, clock),
            new EndlessWatch.Patience(silence, clock),
            "/api/v1/nodes?limit=500",
            () -> Integer.toString(listings.incrementAndGet()),
            event -> {
              String version = event.at("/object/metadata/resourceVersion").asText();
              if (version.equals("13")) {
                throw new StackOverflowError("G17");
              }
              told.add(version);
            });
    watch.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    listed.add(listings.get());
    asked.add(exchange.getRequestURI().toString());
    exchange.sendResponseHeaders(200, 0);
    Answering answering = answers.poll();
    try (OutputStream out = exchange.getResponseBody()) {
      out.flush(); // sends the headers, as the API server does
      if (answering == null) {
        over.await();
      } else {
        answering.to(out);
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static void send(OutputStream out, String type, int version) throws IOException {
    String line =
        """
        {"type": "%s", "object": {"metadata": {"name": "n", "resourceVersion": "%d"}}}
        """
            .formatted(type, version);
    out.write(line.getBytes(UTF_8));
    out.flush();
  }
}
