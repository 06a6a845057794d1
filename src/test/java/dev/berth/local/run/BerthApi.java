package dev.berth.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a running Berth over REST. */
public final class BerthApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of one who looks again, and of an operator, who asks again. */
  private static final Duration SHORT = Duration.ofSeconds(5);

  /** Of one who asks once: only a broken Berth takes so long, on whatever machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(SHORT).build();
  private final String url;
  private final String managementUrl;

  public BerthApi(String url, String managementUrl) {
    this.url = url;
    this.managementUrl = managementUrl;
  }

  public boolean isReady() {
    try {
      return sent(to(managementUrl + "/q/health/ready"), SHORT).statusCode() == 200;
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

  /**
   * An action that an operator asks for.
   *
   * @param to to which class a move leads; empty = it is no move
   * @param ifMatch which state of the tenant it is for
   */
  public record Wanted(String kind, String to, String why, String key, String ifMatch) {
    private String body() {
      ObjectNode body = JSON.createObjectNode().put("kind", kind).put("reason", why);
      return (to.isEmpty() ? body : body.put("to", to)).toString();
    }
  }

  public record Answered(int status, JsonNode body) {}

  Answered act(String tenant, Wanted wanted) throws IOException {
    HttpResponse<String> response =
        sent(
            to(actions(tenant))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", wanted.key())
                .header("If-Match", wanted.ifMatch())
                .POST(BodyPublishers.ofString(wanted.body())),
            SHORT);
    return new Answered(response.statusCode(), JSON.readTree(response.body()));
  }

  /** The newest ones on the tenant. */
  Answered actionsOf(String tenant) throws IOException {
    HttpResponse<String> response = sent(to(actions(tenant) + "?limit=500"), SHORT);
    return new Answered(response.statusCode(), JSON.readTree(response.body()));
  }

  private String actions(String tenant) {
    return url + "/api/v1/tenants/" + tenant + "/actions";
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
    return sent(to(address), PATIENCE);
  }

  private static HttpRequest.Builder to(String address) {
    return HttpRequest.newBuilder(URI.create(address));
  }

  private HttpResponse<String> sent(HttpRequest.Builder request, Duration patience)
      throws IOException {
    try {
      return http.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
