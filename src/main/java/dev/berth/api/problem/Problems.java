package dev.berth.api.problem;

import static dev.berth.api.problem.Problem.answer;

import dev.berth.store.DataFault;
import dev.berth.store.tenants.UnreadableTenantException;
import dev.berth.tenant.condition.Reason;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every failure as a problem document that reveals no internals. */
class Problems {

  private static final Logger LOG = Logger.getLogger(Problems.class);

  /** Of the extension for signing in, to a browser and to a script; it has set their headers. */
  private static final Set<Integer> CHALLENGES = Set.of(302, 499);

  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String READ_ONLY =
      "Use GET: tenants change by events on Kafka, and by POST to their actions.";
  private static final String ACCEPT =
      "Accept application/json; for a stream of events text/event-stream, for the payload of a record application/octet-stream.";
  private static final String SEND = "Send application/json, without Content-Encoding.";

  @ServerExceptionMapper
  Response invalid(InvalidParameters e, UriInfo request) {
    String detail = "Some parameters of the request are invalid; see errors.";
    return answer(Status.BAD_REQUEST, Reason.InvalidParameter, detail, e.errors(), request);
  }

  /** A browser whose session is over reads the page again once its reader has signed in. */
  @ServerExceptionMapper
  Response unknown(AuthenticationFailedException e, RoutingContext call, UriInfo request) {
    int challenge = call.response().getStatusCode();
    if (CHALLENGES.contains(challenge) && readsPage(call)) {
      return Response.status(challenge).build();
    }
    call.response().headers().remove(HttpHeaders.LOCATION);
    return unauthenticated(request);
  }

  /** Such as with the cookie of another attempt, or with one that another replica cannot read. */
  @ServerExceptionMapper
  Response notSignedIn(AuthenticationCompletionException e, UriInfo request) {
    String detail = "Signing in could not be completed. Open the page again.";
    return answer(Status.UNAUTHORIZED, Reason.Unauthenticated, detail, List.of(), request);
  }

  private static boolean readsPage(RoutingContext call) {
    return READING.contains(call.request().method())
        && !(call.normalizedPath() + "/").startsWith("/api/");
  }

  @ServerExceptionMapper(UnauthorizedException.class)
  Response unauthenticated(UriInfo request) {
    String detail =
        "Send a valid bearer token of the configured issuer and audience: Authorization: Bearer <token>.";
    return Response.fromResponse(
            answer(Status.UNAUTHORIZED, Reason.Unauthenticated, detail, List.of(), request))
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
        .build();
  }

  @ServerExceptionMapper
  Response forbidden(ForbiddenException e, UriInfo request) {
    String detail =
        e instanceof Denied denied
            ? denied.why()
            : "The token is valid but lacks the role for reading.";
    return answer(Status.FORBIDDEN, Reason.Forbidden, detail, List.of(), request);
  }

  // Without a mapper of its own, a path that nothing serves is not answered by this class.
  @ServerExceptionMapper
  Response notFound(NotFoundException e, UriInfo request) {
    String detail =
        "Nothing is here: the path is not part of the API, or there is no tenant with this id.";
    return answer(Status.NOT_FOUND, Reason.NotFound, detail, List.of(), request);
  }

  @ServerExceptionMapper
  Response nothingThere(NothingThere e, UriInfo request) {
    return answer(Status.NOT_FOUND, Reason.NotFound, e.detail(), List.of(), request);
  }

  @ServerExceptionMapper
  Response unreadable(Unreadable e, UriInfo request) {
    return answer(Status.BAD_REQUEST, Reason.InvalidRequest, e.detail(), List.of(), request);
  }

  @ServerExceptionMapper
  Response unreadable(UnreadableTenantException e, UriInfo request) {
    LOG.error(e.getMessage());
    String detail =
        "This version of Berth cannot read what is stored about this tenant, and leaves it as it is; its log says why.";
    return answer(Status.INTERNAL_SERVER_ERROR, Reason.Unexpected, detail, List.of(), request);
  }

  @ServerExceptionMapper
  Response refused(WebApplicationException e, UriInfo request) {
    Status status = Status.fromStatusCode(e.getResponse().getStatus());
    return switch (status) {
      case METHOD_NOT_ALLOWED ->
          Response.fromResponse(
                  answer(status, Reason.MethodNotAllowed, READ_ONLY, List.of(), request))
              .header(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS")
              .build();
      case NOT_ACCEPTABLE -> answer(status, Reason.NotAcceptable, ACCEPT, List.of(), request);
      case UNSUPPORTED_MEDIA_TYPE ->
          answer(status, Reason.UnsupportedMediaType, SEND, List.of(), request);
      case REQUEST_ENTITY_TOO_LARGE ->
          answer(status, Reason.TooLarge, "A field of the form is too long.", List.of(), request);
      case BAD_REQUEST ->
          answer(status, Reason.InvalidRequest, "The request cannot be read.", List.of(), request);
      case null, default -> failed(e, request);
    };
  }

  @ServerExceptionMapper
  Response unexpected(Throwable e, UriInfo request) {
    return DataFault.caused(e) ? failed(e, request) : withoutDatabase(e, request);
  }

  private static Response withoutDatabase(Throwable e, UriInfo request) {
    LOG.warnf("The API cannot read the database: %s", root(e).getMessage());
    String detail = "Berth cannot read its database at the moment. Try again.";
    return Response.fromResponse(
            answer(
                Status.SERVICE_UNAVAILABLE, Reason.DatabaseUnavailable, detail, List.of(), request))
        .header(HttpHeaders.RETRY_AFTER, 5)
        .build();
  }

  /** What is on top of it repeats the statement. */
  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static Response failed(Throwable e, UriInfo request) {
    UUID id = UUID.randomUUID();
    LOG.errorf(e, "The API failed to answer, id %s", id);
    String detail =
        "Berth could not answer. Try again; its log has the cause under %s.".formatted(id);
    return answer(Status.INTERNAL_SERVER_ERROR, Reason.Unexpected, detail, List.of(), request);
  }
}
