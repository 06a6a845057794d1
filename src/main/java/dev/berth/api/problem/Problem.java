package dev.berth.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.berth.tenant.condition.Reason;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.StatusType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/**
 * A problem document (RFC 9457).
 *
 * @param instance the path that was asked for
 * @param errors what is wrong with each parameter
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    Reason reason,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WrongParameter> errors) {

  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(
      StatusType status, Reason reason, String detail, String path, List<WrongParameter> errors) {
    return new Problem(
        "urn:berth:problem:" + reason,
        status.getReasonPhrase(),
        status.getStatusCode(),
        detail,
        path,
        reason,
        errors);
  }

  /** The answer to a request that fails. */
  public static Response answer(
      StatusType status,
      Reason reason,
      String detail,
      List<WrongParameter> errors,
      UriInfo request) {
    Problem problem = of(status, reason, detail, request.getRequestUri().getRawPath(), errors);
    return Response.status(status).type(MEDIA_TYPE).entity(problem).build();
  }

  /** What is wrong with one parameter. */
  public record WrongParameter(String parameter, Reason reason, String detail) {}
}
