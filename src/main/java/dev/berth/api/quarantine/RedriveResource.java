package dev.berth.api.quarantine;

import dev.berth.api.Needs;
import dev.berth.api.Role;
import dev.berth.api.actions.ActionCall;
import dev.berth.api.actions.ActionDesk;
import dev.berth.api.problem.Parameters;
import dev.berth.provisioning.actions.BulkRedrive;
import dev.berth.provisioning.actions.QuarantineHands;
import dev.berth.provisioning.intake.RecordResult;
import dev.berth.provisioning.intake.Redrive;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.quarantine.Settlements;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** What people do to records that Berth did not take: to one, or to those that a filter finds. */
@Path("/api/v1/quarantine")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class RedriveResource {

  private static final String DRY_RUN = "dryRun";

  private final ActionDesk desk;
  private final QuarantineHands hands;
  private final BulkRedrive bulk;
  private final Redrive redrive;
  private final Settlements settlements;

  RedriveResource(
      ActionDesk desk,
      QuarantineHands hands,
      BulkRedrive bulk,
      Redrive redrive,
      Settlements settlements) {
    this.desk = desk;
    this.hands = hands;
    this.bulk = bulk;
    this.redrive = redrive;
    this.settlements = settlements;
  }

  @POST
  @Path("{id}/replays")
  @Needs(Role.OPERATOR)
  public Response replay(
      @PathParam("id") String id, InputStream body, HttpHeaders headers, UriInfo request) {
    return one(ActionKind.REPLAY, id, new Call(body, headers, request));
  }

  @POST
  @Path("{id}/discards")
  @Needs(Role.OPERATOR)
  public Response discard(
      @PathParam("id") String id, InputStream body, HttpHeaders headers, UriInfo request) {
    return one(ActionKind.DISCARD, id, new Call(body, headers, request));
  }

  @POST
  @Path("replays")
  @Needs(Role.OPERATOR)
  public Response replay(InputStream body, HttpHeaders headers, UriInfo request) {
    return many(ActionKind.REPLAY, new Call(body, headers, request));
  }

  @POST
  @Path("discards")
  @Needs(Role.OPERATOR)
  public Response discard(InputStream body, HttpHeaders headers, UriInfo request) {
    return many(ActionKind.DISCARD, new Call(body, headers, request));
  }

  private record Call(InputStream body, HttpHeaders headers, UriInfo request) {

    Parameters parameters(Set<String> known) {
      return new Parameters(request.getQueryParameters(), known);
    }

    ActionCall read(ActionKind kind) {
      return ActionCall.read(body, headers, Set.of(kind), Set.of());
    }

    void check(ActionKind kind) {
      ActionCall.check(body, headers, kind);
    }
  }

  private Response one(ActionKind kind, String id, Call call) {
    Parameters parameters = call.parameters(Set.of(DRY_RUN));
    boolean dry = isDry(parameters);
    parameters.check();
    UUID record =
        KnownRecords.uuid(id)
            .filter(it -> settlements.find(it).isPresent())
            .orElseThrow(KnownRecords::nothing);
    if (dry) {
      call.check(kind);
      RecordResult result =
          kind == ActionKind.REPLAY ? redrive.foresee(record) : redrive.foreseeDiscard(record);
      return Response.ok(ResultView.of(result)).build();
    }
    Action.About target = new Action.About(null, record);
    return ActionDesk.accepted(
        desk.take(call.read(kind), target, kind.word(), hands.effect(kind, record)));
  }

  private Response many(ActionKind kind, Call call) {
    Set<String> known = new TreeSet<>(QuarantineQuery.MANY);
    known.add(DRY_RUN);
    Parameters parameters = call.parameters(known);
    boolean dry = isDry(parameters);
    QuarantineQuery query = QuarantineQuery.of(parameters, null);
    parameters.check();
    BulkRedrive.Order order = new BulkRedrive.Order(query.filter(), query.after());
    if (dry) {
      call.check(kind);
      Instant asOf = query.filter().asOf(redrive.now());
      return Response.ok(DryRun.of(bulk.foresee(kind, order), query.filter(), asOf)).build();
    }
    Action action =
        desk.take(
            call.read(kind),
            new Action.About(null, null),
            kind + " " + order,
            id -> bulk.effect(order).take());
    return ActionDesk.accepted(bulk.carryOut(action));
  }

  private static boolean isDry(Parameters parameters) {
    return Boolean.TRUE.equals(
        parameters.read(
            DRY_RUN,
            text ->
                switch (text) {
                  case "true" -> Optional.of(true);
                  case "false" -> Optional.of(false);
                  default -> Optional.empty();
                },
            "true or false"));
  }
}
