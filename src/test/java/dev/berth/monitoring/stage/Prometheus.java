package dev.berth.monitoring.stage;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.local.process.ChildProcess;
import dev.berth.local.process.Ports;
import dev.berth.local.tool.GoTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A real Prometheus that scrapes Berth every two seconds, with the rules as they are shipped. */
public final class Prometheus implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Instant started = Instant.now();
  private final ChildProcess server;
  private final int port;

  private Prometheus(ChildProcess server, int port) {
    this.server = server;
    this.port = port;
  }

  public static Prometheus over(Path folder, int managementPort) {
    int port = Ports.rememberedIn(folder).of("prometheus");
    Path config = folder.resolve("prometheus.yml");
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("rules.yml"), Shipped.rules().toString());
      Files.writeString(
          config,
          """
          global: {scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 1s}
          rule_files: [rules.yml]
          scrape_configs:
            - job_name: berth
              metrics_path: /q/metrics
              static_configs: [{targets: ['127.0.0.1:%d']}]
          """
              .formatted(managementPort));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ChildProcess server =
        ChildProcess.start("prometheus", folder, command(folder, config, port), Map.of());
    Prometheus prometheus = new Prometheus(server, port);
    await("Prometheus")
        .atMost(Duration.ofMinutes(3))
        .ignoreExceptions()
        .until(() -> !prometheus.now("up == 1").isEmpty());
    return prometheus;
  }

  private static List<String> command(Path folder, Path config, int port) {
    return List.of(
        GoTool.PROMETHEUS.path().toString(),
        "--config.file=" + config.toAbsolutePath(),
        "--storage.tsdb.path=" + folder.resolve("data").toAbsolutePath(),
        "--web.listen-address=127.0.0.1:" + port,
        "--log.level=warn");
  }

  /** What the expression gives now. */
  public JsonNode now(String expression) {
    return ask("query?query=" + encoded(expression));
  }

  /** What the expression gave since this Prometheus started. */
  public JsonNode since(String expression) {
    return ask(
        "query_range?step=1&start=%d&end=%d&query=%s"
            .formatted(
                started.getEpochSecond(), Instant.now().getEpochSecond(), encoded(expression)));
  }

  private JsonNode ask(String path) {
    URI address = URI.create("http://127.0.0.1:%d/api/v1/%s".formatted(port, path));
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalArgumentException(answer.body());
      }
      return JSON.readTree(answer.body()).at("/data/result");
    } catch (IOException e) {
      throw new UncheckedIOException(server.obituary().orElse("no answer"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String expression) {
    return URLEncoder.encode(expression, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}
