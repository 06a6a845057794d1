package dev.berth.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.tenant.condition.Reason;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.SecurityEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Problem documents for calls that fail before they reach the API or the console. */
@ApplicationScoped
class Unrouted {

  private static final Logger LOG = Logger.getLogger(Unrouted.class);
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final ObjectMapper json;
  private final Clock clock;
  private final long largest;
  private final AtomicReference<Instant> told = new AtomicReference<>(Instant.MIN);

  Unrouted(
      ObjectMapper json,
      Clock clock,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largest) {
    this.json = json;
    this.clock = clock;
    this.largest = largest.asLongValue();
  }

  void answer(@Observes Router router) {
    router.route().failureHandler(this::failed);
    router.route("/api/*").order(Integer.MIN_VALUE).handler(this::measured);
  }

  /** The server would refuse it without a word. */
  private void measured(RoutingContext call) {
    String length = call.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null || Long.parseLong(length) <= largest) {
      call.next();
      return;
    }
    // What is still on its way is not waited for.
    call.response()
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .endHandler(sent -> call.request().connection().close());
    String detail =
        "The body is larger than any that the API takes: no call needs more than 64 KiB.";
    answer(call, Status.REQUEST_ENTITY_TOO_LARGE, Reason.TooLarge, detail);
  }

  /** Whoever calls is unknown, and nothing is wrong with the call. */
  private void failed(RoutingContext call) {
    if (!(call.failure() instanceof OIDCException)) {
      call.next();
      return;
    }
    tell();
    call.response().putHeader(HttpHeaders.RETRY_AFTER, "5");
    String detail = "Tokens cannot be checked, the issuer does not answer Berth. Try again.";
    answer(call, Status.SERVICE_UNAVAILABLE, Reason.IssuerUnavailable, detail);
  }

  /** Also at the start, before anybody calls. */
  void noIssuer(@Observes SecurityEvent event) {
    if (event.getEventType() == SecurityEvent.Type.OIDC_SERVER_NOT_AVAILABLE) {
      tell();
    }
  }

  /** Once in a while, however many call. */
  private void tell() {
    Instant now = clock.instant();
    Instant last = told.get();
    if (last.isBefore(now.minus(SILENCE)) && told.compareAndSet(last, now)) {
      LOG.warn(
          "The API admits nobody: the issuer of tokens cannot be reached at quarkus.oidc.auth-server-url. It is tried again with every call");
    }
  }

  private void answer(RoutingContext call, Status status, Reason reason, String detail) {
    String path = call.request().path();
    Problem problem = Problem.of(status, reason, detail, path == null ? "/" : path, List.of());
    call.response()
        .setStatusCode(status.getStatusCode())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(written(problem));
  }

  private String written(Problem problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem of plain values could not be written", e);
    }
  }
}
