package dev.berth.api.actions;

import static java.util.stream.Collectors.toMap;

import dev.berth.api.Needs;
import dev.berth.api.Role;
import dev.berth.api.problem.Parameters;
import dev.berth.api.problem.Unconditional;
import dev.berth.api.tenants.TenantTag;
import dev.berth.provisioning.actions.ActionRefused;
import dev.berth.provisioning.actions.TenantHands;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.actions.Actions;
import dev.berth.store.search.Cursor;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What people do to a tenant: to do it, and to read it. */
@Path("/api/v1/tenants/{id}/actions")
@Produces(MediaType.APPLICATION_JSON)
class TenantActionResource {

  /** The member of the body that only a move has. */
  private static final String TO = "to";

  private final ActionDesk desk;
  private final TenantHands hands;
  private final Actions actions;

  TenantActionResource(ActionDesk desk, TenantHands hands, Actions actions) {
    this.desk = desk;
    this.hands = hands;
    this.actions = actions;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Needs(Role.OPERATOR)
  public Response act(
      @PathParam("id") String id, InputStream body, HttpHeaders headers, UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    TenantId tenant = known(id);
    ActionCall call = ActionCall.read(body, headers, TenantHands.KINDS, Set.of(TO));
    String to = destination(call);
    if (call.ifMatch() == null && TenantHands.DEPENDS_ON_WHAT_WAS_SEEN.contains(call.kind())) {
      throw new Unconditional("/api/v1/tenants/" + tenant);
    }
    Predicate<Tenant> seen = seen(call.ifMatch());
    return to == null
        ? desk.accept(call, Action.About.of(tenant), hands.effect(call.kind(), tenant, seen))
        : ActionDesk.accepted(
            desk.take(
                call, Action.About.of(tenant), "", hands.move(tenant, to, desk.caller(), seen)));
  }

  /** Where a move leads; null = it is no move. */
  private static @Nullable String destination(ActionCall call) {
    boolean moves = call.kind() == ActionKind.MOVE;
    Map<String, List<String>> given =
        call.more().entrySet().stream()
            .collect(toMap(Map.Entry::getKey, member -> List.of(member.getValue())));
    Parameters body = new Parameters(given, moves ? Set.of(TO) : Set.of("kind", "reason"));
    String to = moves ? ActionCall.destination(body) : null;
    body.check();
    return to;
  }

  @GET
  public ActionPage list(@PathParam("id") String id, UriInfo request) {
    Parameters parameters = new Parameters(request.getQueryParameters(), Set.of("limit", "cursor"));
    int limit = parameters.limit();
    Long before = parameters.cursor(id, TenantActionResource::number);
    parameters.check();
    List<Actions.Numbered> found =
        actions.of(known(id), before == null ? Long.MAX_VALUE : before, limit + 1);
    List<Actions.Numbered> page = found.subList(0, Math.min(limit, found.size()));
    return new ActionPage(
        page.stream().map(it -> ActionView.of(it.action())).toList(),
        found.size() > limit ? Cursor.of(id, String.valueOf(page.getLast().number())) : null);
  }

  private TenantId known(String id) {
    return TenantId.parse(id)
        .filter(hands::knows)
        .orElseThrow(() ->
            new ActionRefused(ActionRefused.Why.NOT_THERE, "There is no tenant with this id."));
  }

  private static Predicate<Tenant> seen(@Nullable String ifMatch) {
    return tenant -> ifMatch == null || TenantTag.of(tenant).isIn(ifMatch);
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.valueOf(text));
    } catch (NumberFormatException notOne) {
      return Optional.empty();
    }
  }
}
