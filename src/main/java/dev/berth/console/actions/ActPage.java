package dev.berth.console.actions;

import static dev.berth.provisioning.actions.TenantHands.DEPENDS_ON_WHAT_WAS_SEEN;

import dev.berth.api.KnownTenants;
import dev.berth.api.Needs;
import dev.berth.api.Role;
import dev.berth.api.actions.ActionDesk;
import dev.berth.api.problem.NothingThere;
import dev.berth.api.tenants.TenantTag;
import dev.berth.console.Badge;
import dev.berth.console.Panel;
import dev.berth.console.Rendering;
import dev.berth.console.Screen;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.SandboxClass;
import dev.berth.provisioning.actions.Effect;
import dev.berth.provisioning.actions.TenantHands;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.ActionKind;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks whether an action is meant, and why; then does it and leads back to the tenant. */
@Path("/tenants/{id}/actions/{kind}")
@Produces(Rendering.HTML)
class ActPage {

  private final Rendering rendering;
  private final KnownTenants tenants;
  private final TenantHands hands;
  private final ActionDesk desk;
  private final Supplier<ClusterFacts> facts;

  ActPage(
      Rendering rendering,
      KnownTenants tenants,
      TenantHands hands,
      ActionDesk desk,
      Supplier<ClusterFacts> facts) {
    this.rendering = rendering;
    this.tenants = tenants;
    this.hands = hands;
    this.desk = desk;
    this.facts = facts;
  }

  @GET
  public Response ask(
      @PathParam("id") String id, @PathParam("kind") String word, @Context HttpHeaders request) {
    Tenant tenant = tenants.known(id);
    ActionOffer offer = ActionOffer.of(kind(word));
    ActionForm form =
        new ActionForm(
            offer,
            id,
            Badge.of(tenant.phase()),
            TenantTag.of(tenant).toString(),
            facts.get().classes().stream().map(SandboxClass::name).toList(),
            UUID.randomUUID().toString());
    String title = offer.title() + ": " + id;
    return rendering.page(
        request,
        title,
        Screen.TENANTS,
        List.of(Panel.still("confirm", "What happens", () -> ActionsTemplates.confirm(form))));
  }

  @POST
  @Needs(Role.OPERATOR)
  public Response act(
      @PathParam("id") String id,
      @PathParam("kind") String word,
      @FormParam("reason") @Nullable String reason,
      @FormParam("seen") @Nullable String seen,
      @FormParam("key") @Nullable String key,
      @FormParam("to") @Nullable String to) {
    Tenant tenant = tenants.known(id);
    ActionKind kind = kind(word);
    Motive motive = Motive.of(reason, key);
    Function<UUID, Action.Result> effect = effect(kind, tenant.id(), seen, to);
    desk.perform(
        kind,
        Action.About.of(tenant.id()),
        motive.reason(),
        motive.key(),
        to == null ? "" : to,
        effect);
    return Response.seeOther(URI.create("/tenants/" + id)).build();
  }

  private Function<UUID, Action.Result> effect(
      ActionKind kind, TenantId tenant, @Nullable String seen, @Nullable String to) {
    String tag = '"' + (seen == null ? "" : seen) + '"';
    Predicate<Tenant> same =
        now -> !DEPENDS_ON_WHAT_WAS_SEEN.contains(kind) || TenantTag.of(now).isIn(tag);
    if (kind == ActionKind.MOVE) {
      return hands.move(tenant, Motive.destination(to), desk.caller(), same);
    }
    Effect effect = hands.effect(kind, tenant, same);
    return action -> effect.take();
  }

  private static ActionKind kind(String word) {
    return TenantHands.KINDS.stream()
        .filter(kind -> kind.word().equals(word))
        .findAny()
        .orElseThrow(() -> new NothingThere("There is no such action on a tenant."));
  }
}
