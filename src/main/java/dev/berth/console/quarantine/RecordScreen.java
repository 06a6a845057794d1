package dev.berth.console.quarantine;

import dev.berth.api.Authority;
import dev.berth.api.Needs;
import dev.berth.api.Role;
import dev.berth.api.actions.ActionDesk;
import dev.berth.api.quarantine.KnownRecords;
import dev.berth.console.Panel;
import dev.berth.console.Rendering;
import dev.berth.console.Screen;
import dev.berth.console.actions.Motive;
import dev.berth.provisioning.actions.QuarantineHands;
import dev.berth.provisioning.intake.Redrive;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.quarantine.Letter;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One record that was not taken: why, what would come of it now, and the forms that decide it. */
@Path("/quarantine/{id}")
@Produces(Rendering.HTML)
class RecordScreen {

  private final Rendering rendering;
  private final KnownRecords records;
  private final Redrive redrive;
  private final QuarantineHands hands;
  private final ActionDesk desk;
  private final Authority authority;
  private final SecurityIdentity caller;

  RecordScreen(
      Rendering rendering,
      KnownRecords records,
      Redrive redrive,
      QuarantineHands hands,
      ActionDesk desk,
      Authority authority,
      SecurityIdentity caller) {
    this.rendering = rendering;
    this.records = records;
    this.redrive = redrive;
    this.hands = hands;
    this.desk = desk;
    this.authority = authority;
    this.caller = caller;
  }

  @GET
  public Response get(@PathParam("id") String id, @Context HttpHeaders request) {
    Letter letter = known(id);
    RecordRow row = RecordRow.of(redrive.recalled(letter));
    byte[] payload = letter.kept().payload();
    Integer size = payload == null ? null : payload.length;
    List<Panel> panels = new ArrayList<>();
    panels.add(Panel.live("record", "Why it was not taken", () -> QuarantineTemplates.shown(row)));
    if (authority.has(caller, Role.OPERATOR)) {
      panels.add(
          Panel.still("payload", "What it held", () -> QuarantineTemplates.payload(id, size)));
      if (row.item().isOpen()) {
        panels.add(Panel.still("act", "What to do", () -> act(row.item().id())));
      }
    }
    return rendering.page(request, "Record " + id, Screen.QUARANTINE, panels);
  }

  private TemplateInstance act(UUID record) {
    return QuarantineTemplates.act(
        record.toString(), redrive.foresee(record), UUID.randomUUID().toString());
  }

  /** Where a browser ends up that signed in on the way to a form. */
  @GET
  @Path("replay")
  public Response afterReplay(@PathParam("id") String id) {
    return shown(known(id).record().id());
  }

  @GET
  @Path("discard")
  public Response afterDiscard(@PathParam("id") String id) {
    return shown(known(id).record().id());
  }

  @POST
  @Path("replay")
  @Needs(Role.OPERATOR)
  public Response replay(
      @PathParam("id") String id,
      @FormParam("reason") @Nullable String reason,
      @FormParam("key") @Nullable String key) {
    return act(ActionKind.REPLAY, known(id).record().id(), reason, key);
  }

  @POST
  @Path("discard")
  @Needs(Role.OPERATOR)
  public Response discard(
      @PathParam("id") String id,
      @FormParam("reason") @Nullable String reason,
      @FormParam("key") @Nullable String key) {
    return act(ActionKind.DISCARD, known(id).record().id(), reason, key);
  }

  private Response act(
      ActionKind kind, UUID record, @Nullable String reason, @Nullable String key) {
    Motive motive = Motive.of(reason, key);
    desk.perform(
        kind,
        new Action.About(null, record),
        motive.reason(),
        motive.key(),
        "",
        hands.effect(kind, record));
    return shown(record);
  }

  private static Response shown(UUID record) {
    return Response.seeOther(URI.create("/quarantine/" + record)).build();
  }

  private Letter known(String id) {
    return records.known(id);
  }
}
