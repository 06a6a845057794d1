package dev.berth.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Asks a running Berth over REST. */
public final class BerthApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final String url;
  private final String managementUrl;

  public BerthApi(String url, String managementUrl) {
    this.url = url;
    this.managementUrl = managementUrl;
  }

  public boolean isReady() {
    try {
      return get(managementUrl + "/q/health/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What the checks of readiness say, all together. */
  JsonNode readiness() throws IOException {
    return JSON.readTree(get(managementUrl + "/q/health/ready").body());
  }

  /** What a check of the group says: {@code status} and {@code data}. */
  Optional<JsonNode> check(String group, String name) throws IOException {
    for (JsonNode check :
        JSON.readTree(get(managementUrl + "/q/health/" + group).body()).path("checks")) {
      if (check.path("name").asText().equals(name)) {
        return Optional.of(check);
      }
    }
    return Optional.empty();
  }

  /** The tenant as Berth tells it; empty where Berth knows none of that name. */
  Optional<JsonNode> tenant(String id) throws IOException {
    HttpResponse<String> response = get(url + "/api/v1/tenants/" + id);
    return switch (response.statusCode()) {
      case 200 -> Optional.of(JSON.readTree(response.body()));
      case 404 -> Optional.empty();
      default ->
          throw new IOException(
              "GET %s answers %d: %s"
                  .formatted(response.uri(), response.statusCode(), response.body()));
    };
  }

  /** Acts on the tenant, as it is; empty where that is not possible now. */
  Optional<JsonNode> act(String tenant, String kind) throws IOException {
    HttpResponse<String> response =
        sent(
            HttpRequest.newBuilder(URI.create(url + "/api/v1/tenants/" + tenant + "/actions"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "*")
                .POST(
                    BodyPublishers.ofString(
                        "{\"kind\": \"%s\", \"reason\": \"to see\"}".formatted(kind))));
    return switch (response.statusCode()) {
      case 202 -> Optional.of(JSON.readTree(response.body()));
      case 404, 409 -> Optional.empty();
      default -> throw new IOException(kind + " is answered by " + response.body());
    };
  }

  /** The sum of a metric over all series that carry the label, as {@code verdict="STALE"}. */
  double metric(String name, String label) throws IOException {
    return get(managementUrl + "/q/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private HttpResponse<String> get(String address) throws IOException {
    return sent(HttpRequest.newBuilder(URI.create(address)));
  }

  private HttpResponse<String> sent(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(
          request.timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
