package dev.berth.api.problem;

import dev.berth.provisioning.actions.ActionRefused;
import dev.berth.tenant.condition.Reason;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Why a call is not taken; nothing was changed. */
class RefusedActions {

  /** JAX-RS has no name for it. */
  private enum Further implements StatusType {
    UNPROCESSABLE_CONTENT;

    @Override
    public int getStatusCode() {
      return 422;
    }

    @Override
    public Status.Family getFamily() {
      return Status.Family.CLIENT_ERROR;
    }

    @Override
    public String getReasonPhrase() {
      return "Unprocessable Content";
    }
  }

  @ServerExceptionMapper
  Response refused(ActionRefused e, UriInfo request) {
    return switch (e.why()) {
      case NOT_THERE -> answer(Status.NOT_FOUND, Reason.NotFound, e, request);
      case NOT_POSSIBLE -> answer(Status.CONFLICT, Reason.ActionNotPossible, e, request);
      case CHANGED -> answer(Status.PRECONDITION_FAILED, Reason.PreconditionFailed, e, request);
      case UNDER_WAY -> answer(Status.CONFLICT, Reason.ActionUnderWay, e, request);
      case KEY_REUSED -> answer(Further.UNPROCESSABLE_CONTENT, Reason.KeyReuse, e, request);
    };
  }

  @ServerExceptionMapper
  Response unconditional(Unconditional e, UriInfo request) {
    return answer(Status.PRECONDITION_REQUIRED, Reason.PreconditionRequired, e, request);
  }

  @ServerExceptionMapper
  Response tooLarge(TooLarge e, UriInfo request) {
    return answer(Status.REQUEST_ENTITY_TOO_LARGE, Reason.TooLarge, e, request);
  }

  @ServerExceptionMapper
  Response busy(Busy e, UriInfo request) {
    return Response.fromResponse(answer(Status.SERVICE_UNAVAILABLE, Reason.Busy, e, request))
        .header(HttpHeaders.RETRY_AFTER, 5)
        .build();
  }

  private static Response answer(
      StatusType status, Reason reason, RuntimeException why, UriInfo request) {
    return Problem.answer(status, reason, String.valueOf(why.getMessage()), List.of(), request);
  }
}
