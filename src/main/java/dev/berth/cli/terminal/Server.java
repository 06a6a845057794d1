package dev.berth.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.event.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The REST API of a Berth, as the options of a command name it. */
@SuppressWarnings("NullAway.Init")
public final class Server {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PATIENCE_OF_ACTIONS = Duration.ofMinutes(2);

  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  /** The kinds of action that must not overrule a change. A freeze must not wait for one. */
  private static final Set<String> FOR_WHAT_WAS_SEEN = Set.of("unfreeze", "withdraw", "move");

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${env:BERTH_URL:-http://localhost:8080}",
      description = "Where Berth's API is (BERTH_URL; ${DEFAULT-VALUE}).")
  private URI url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      defaultValue = "${env:BERTH_TOKEN_FILE}",
      description = "A file with the bearer token (BERTH_TOKEN_FILE); read anew for each call.")
  private @Nullable Path tokenFile;

  /** Made with the first call: help needs none, and every command has a server. */
  private @Nullable HttpClient http;

  /**
   * What the API answers.
   *
   * @param path of names that are encoded already
   * @throws Failure if it is refused
   */
  public JsonNode get(String path, Map<String, String> query) {
    return document(answered(to(address(path, query))));
  }

  /**
   * How a wait for a phase ended.
   *
   * @param end {@code reached}, {@code terminal} where somebody must act first, or {@code timeout}
   */
  public record Waited(String end, String phase) {}

  /**
   * Waits for a tenant, as long as the API is willing to.
   *
   * @param path of the tenant
   * @throws Failure if it is refused
   */
  public Waited await(String path, String phase, Duration most) {
    HttpResponse<String> answer =
        answered(to(address(path, Map.of("waitFor", phase, "timeout", most.toSeconds() + "s"))));
    return new Waited(
        answer.headers().firstValue("Berth-Wait").orElse("timeout"),
        document(answer).path("phase").asText());
  }

  /**
   * What came of a wish. One that depends on what was seen is for the tenant as it is seen now: who
   * changes it meanwhile is not overruled.
   *
   * @param path of the tenant
   * @throws Failure if it is not taken
   */
  public JsonNode act(String path, JsonNode wish) {
    HttpRequest.Builder call = posting(path + "/actions", Map.of(), wish.toString());
    if (FOR_WHAT_WAS_SEEN.contains(wish.path("kind").asText())) {
      answered(to(address(path, Map.of())))
          .headers()
          .firstValue("ETag")
          .ifPresent(seen -> call.header("If-Match", seen));
    }
    return document(answered(call));
  }

  /**
   * What came of an action on records.
   *
   * @param reason null = a dry run, which needs none
   * @throws Failure if it is not taken
   */
  public JsonNode post(String path, Map<String, String> query, @Nullable String reason) {
    String body =
        reason == null ? "" : JsonText.MAPPER.createObjectNode().put("reason", reason).toString();
    return document(answered(posting(path, query, body).timeout(PATIENCE_OF_ACTIONS)));
  }

  private HttpRequest.Builder posting(String path, Map<String, String> query, String body) {
    return to(address(path, query))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .POST(BodyPublishers.ofString(body));
  }

  private String address(String path, Map<String, String> query) {
    StringBuilder address = new StringBuilder(url.toString().replaceFirst("/$", "")).append(path);
    char separator = '?';
    for (Map.Entry<String, String> parameter : query.entrySet()) {
      address
          .append(separator)
          .append(parameter.getKey())
          .append('=')
          .append(encoded(parameter.getValue()));
      separator = '&';
    }
    return address.toString();
  }

  private HttpResponse<String> answered(HttpRequest.Builder request) {
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() / 100 == 2) {
      return answer;
    }
    throw refused(answer);
  }

  private HttpRequest.Builder to(String address) {
    HttpRequest.Builder request = calling(address).timeout(PATIENCE);
    return tokenFile == null
        ? request
        : request.header("Authorization", "Bearer " + token(tokenFile));
  }

  private HttpRequest.Builder calling(String address) {
    try {
      return HttpRequest.newBuilder(URI.create(address));
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitCode.USAGE,
          "%s is no address of an API, such as https://berth.example.com. Check --url or BERTH_URL."
              .formatted(url));
    }
  }

  public static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  private HttpClient client() {
    if (http == null) {
      http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    }
    return http;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client().send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Failure(
          ExitCode.FAILED,
          "Berth does not answer at %s (%s). Check --url or BERTH_URL.".formatted(url, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.FAILED, "interrupted");
    }
  }

  /** What cannot stand in a header is refused here: the client would repeat it in its refusal. */
  private static String token(Path file) {
    try {
      String token = Files.readString(file).strip();
      if (!TOKEN.matcher(token).matches()) {
        throw new Failure(
            ExitCode.FAILED,
            "%s holds no token: it must be one line of visible ASCII characters and nothing else. Check --token-file or BERTH_TOKEN_FILE."
                .formatted(file));
      }
      return token;
    } catch (IOException e) {
      throw new Failure(
          ExitCode.FAILED,
          "The token cannot be read from %s. Check --token-file or BERTH_TOKEN_FILE."
              .formatted(file));
    }
  }

  private static Failure refused(HttpResponse<String> answer) {
    JsonNode problem = tree(answer.body());
    if (problem == null) {
      problem =
          JsonText.MAPPER
              .createObjectNode()
              .put("detail", "the answer is not JSON: is this Berth's API?");
    }
    ExitCode code =
        switch (answer.statusCode()) {
          case 401, 403 -> ExitCode.FORBIDDEN;
          case 404 -> ExitCode.NOT_FOUND;
          case 409, 412, 422, 428 -> ExitCode.NOT_NOW;
          default -> ExitCode.FAILED;
        };
    StringBuilder message = new StringBuilder();
    message.append(answer.statusCode()).append(' ').append(problem.path("reason").asText());
    message.append(": ").append(Printable.of(problem.path("detail").asText("no further word")));
    problem
        .path("errors")
        .forEach(error ->
            message
                .append("\n  ")
                .append(
                    Printable.of(
                        error.path("parameter").asText() + ' ' + error.path("detail").asText())));
    return new Failure(code, message.toString());
  }

  /** A page of something else would look like an empty answer. */
  private JsonNode document(HttpResponse<String> answer) {
    JsonNode document = tree(answer.body());
    if (document != null) {
      return document;
    }
    String type = answer.headers().firstValue("Content-Type").orElse("no content type");
    throw new Failure(
        ExitCode.FAILED,
        "Is this a Berth? %s answered with %s that is not a document of its API. Check --url or BERTH_URL."
            .formatted(url, Printable.of(type)));
  }

  /** Null = it is no JSON object. */
  private static @Nullable JsonNode tree(String body) {
    try {
      JsonNode tree = JsonText.MAPPER.readTree(body);
      return tree.isObject() ? tree : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
