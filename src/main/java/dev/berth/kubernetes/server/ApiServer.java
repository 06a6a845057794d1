package dev.berth.kubernetes.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.provisioning.ProvisioningConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Plain JSON requests to the API server, every one of Berth. While it observes, none but a GET is
 * sent. Nothing is sent after the deadline, and whatever happens is an {@link Answer}. A request
 * that failed for a moment is repeated twice, a creation too: the 409 that it may then meet is
 * answered by looking whose the object is.
 */
@Singleton
public class ApiServer {

  public static final String FIELD_MANAGER = "berth";
  private static final String WRITTEN_BY = "?fieldManager=" + FIELD_MANAGER;
  private static final String JSON = "application/json";
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);
  private static final int REPEATS = 2;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final HttpClient http;
  private final String address;
  private final ObjectMapper json = new ObjectMapper();
  private final Clock clock;
  private final boolean observes;

  @Inject
  ApiServer(KubernetesClient client, Clock clock, ProvisioningConfig config) {
    this(client, clock, config.mode().observes());
  }

  public ApiServer(KubernetesClient client, Clock clock) {
    this(client, clock, false);
  }

  /**
   * @param observes whether nothing is written
   */
  ApiServer(KubernetesClient client, Clock clock, boolean observes) {
    // The client's own repetitions know no deadline.
    RequestConfig once =
        new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
            .withRequestRetryBackoffLimit(0)
            .build();
    this.http = client.getHttpClient().newBuilder().tag(once).build();
    String master = client.getConfiguration().getMasterUrl();
    this.address = master.endsWith("/") ? master.substring(0, master.length() - 1) : master;
    this.clock = clock;
    this.observes = observes;
  }

  /** Whether all that would write is answered {@link Answer#UNSENT}. */
  public boolean observes() {
    return observes;
  }

  public Answer get(String path, Instant deadline) {
    return send("GET", path, JSON, null, deadline);
  }

  /** While Berth observes, the answer says whether the object is there already. */
  public Answer post(String path, JsonNode object, Instant deadline) {
    JsonNode name = object.at("/metadata/name");
    if (observes && name.isTextual() && get(path + "/" + name.asText(), deadline).isOk()) {
      return Answer.EXISTS;
    }
    return send("POST", path + WRITTEN_BY, JSON, object, deadline);
  }

  /** Creates the object, or merges into the one that somebody else was faster to create. */
  public Answer apply(String path, JsonNode object, Instant deadline) {
    String query = WRITTEN_BY + "&force=true";
    return send("PATCH", path + query, "application/apply-patch+yaml", object, deadline);
  }

  /** Passes admission and is validated like a creation, but nothing is stored. */
  public Answer postDry(String path, JsonNode object, Instant deadline) {
    return send("POST", path + WRITTEN_BY + "&dryRun=All", JSON, object, deadline);
  }

  /**
   * Sends a merge patch.
   *
   * @param patch carries the uid and the resourceVersion of the object that it was made from
   */
  public Answer patch(String path, JsonNode patch, Instant deadline) {
    return send("PATCH", path + WRITTEN_BY, "application/merge-patch+json", patch, deadline);
  }

  /** Passes admission and is validated like a merge patch, but nothing is stored. */
  public Answer patchDry(String path, JsonNode patch, Instant deadline) {
    String query = WRITTEN_BY + "&dryRun=All";
    return send("PATCH", path + query, "application/merge-patch+json", patch, deadline);
  }

  /** Of exactly the object with this uid. */
  public Answer delete(String path, String uid, Instant deadline) {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.putObject("preconditions").put("uid", uid);
    return send("DELETE", path, JSON, options, deadline);
  }

  public Answer deleteAll(String path, Instant deadline) {
    return send("DELETE", path, JSON, null, deadline);
  }

  /** Shortens also the time that was given to those that are on their way already. */
  public Answer deleteAll(String path, Duration grace, Instant deadline) {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.put("gracePeriodSeconds", grace.toSeconds());
    return send("DELETE", path, JSON, options, deadline);
  }

  /** The lines of a watch, until the server ends it. */
  Lines watch(String path) throws IOException, InterruptedException {
    HttpRequest request =
        http.newHttpRequestBuilder()
            .uri(address + path)
            .timeout(LONGEST_REQUEST.toMillis(), TimeUnit.MILLISECONDS)
            .build();
    Lines lines = new Lines();
    CompletableFuture<HttpResponse<AsyncBody>> sent =
        http.consumeBytes(
            request,
            (buffers, body) -> {
              if (!lines.take(buffers)) {
                body.consume();
              }
            });
    try {
      HttpResponse<AsyncBody> response =
          sent.get(LONGEST_REQUEST.toMillis(), TimeUnit.MILLISECONDS);
      AsyncBody body = response.body();
      if (!response.isSuccessful()) {
        body.cancel();
        throw new IOException("answer " + response.code() + " to " + path);
      }
      var unused = body.done().whenComplete((end, failure) -> lines.end(failure));
      lines.begin(body::consume, body::cancel);
      return lines;
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + LONGEST_REQUEST, e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      sent.cancel(true);
    }
  }

  private Answer send(
      String method, String path, String type, @Nullable JsonNode body, Instant deadline) {
    return observes && !method.equals("GET")
        ? Answer.UNSENT
        : sendOn(method, path, type, body, deadline);
  }

  private Answer sendOn(
      String method, String path, String type, @Nullable JsonNode body, Instant deadline) {
    Duration pause = FIRST_PAUSE;
    for (int repeat = 0; ; repeat++) {
      Duration left = Duration.between(clock.instant(), deadline);
      if (left.isNegative() || left.isZero()) {
        return Answer.none(Answer.TIMEOUT, "the time for this attempt is used up");
      }
      Reply reply = sendOnce(request(method, path, type, body), left);
      Duration wait = pause.compareTo(reply.retryAfter) > 0 ? pause : reply.retryAfter;
      if (!reply.passes() || repeat == REPEATS || wait.compareTo(left) > 0 || !pause(wait)) {
        return reply.answer;
      }
      pause = pause.multipliedBy(2);
    }
  }

  private HttpRequest request(String method, String path, String type, @Nullable JsonNode body) {
    HttpRequest.Builder request = http.newHttpRequestBuilder().uri(address + path);
    if (body != null) {
      request.method(method, type, body.toString());
    } else if (method.equals("DELETE")) {
      request.method(method, type, "{}");
    }
    return request.header("Accept", JSON).build();
  }

  private Reply sendOnce(HttpRequest request, Duration left) {
    Duration timeout = left.compareTo(LONGEST_REQUEST) < 0 ? left : LONGEST_REQUEST;
    CompletableFuture<HttpResponse<byte[]>> sent = http.sendAsync(request, byte[].class);
    try {
      HttpResponse<byte[]> response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return Reply.of(response, parse(response.body()));
    } catch (TimeoutException e) {
      sent.cancel(true);
      return Reply.of(Answer.none(Answer.TIMEOUT, "no answer within " + timeout));
    } catch (ExecutionException e) {
      return Reply.of(Answer.none("Unreachable", address + ": " + e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      sent.cancel(true);
      return Reply.of(Answer.none("Interrupted", "Berth is stopping"));
    }
  }

  private JsonNode parse(byte @Nullable [] body) {
    String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.objectNode().put("message", text);
    }
  }

  /** False where Berth is stopping. */
  private static boolean pause(Duration wait) {
    try {
      Thread.sleep(wait);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private record Reply(Answer answer, Duration retryAfter) {

    static Reply of(Answer answer) {
      return new Reply(answer, Duration.ZERO);
    }

    static Reply of(HttpResponse<byte[]> response, JsonNode body) {
      String after = response.header("Retry-After");
      boolean seconds = after != null && after.matches("[0-9]{1,4}");
      return new Reply(
          new Answer(response.code(), body),
          seconds ? Duration.ofSeconds(Long.parseLong(after)) : Duration.ZERO);
    }

    /** Whether it is worth trying again at once. */
    boolean passes() {
      return switch (answer.code()) {
        case 429, 500, 502, 503, 504 -> true;
        case Answer.NONE -> answer.reason().equals("Unreachable");
        default -> false;
      };
    }
  }
}
