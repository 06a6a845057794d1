package dev.berth.console.quarantine;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.berth.api.Needs;
import dev.berth.api.Role;
import dev.berth.api.actions.ActionDesk;
import dev.berth.api.problem.NothingThere;
import dev.berth.api.problem.Parameters;
import dev.berth.api.quarantine.DryRun;
import dev.berth.api.quarantine.QuarantineQuery;
import dev.berth.console.Panel;
import dev.berth.console.Rendering;
import dev.berth.console.Screen;
import dev.berth.console.Terms;
import dev.berth.console.actions.Motive;
import dev.berth.provisioning.actions.BulkRedrive;
import dev.berth.provisioning.intake.Redrive;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.quarantine.QuarantineSearch;
import dev.berth.store.quarantine.QuarantinedRecord;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All open records that a filter finds: first what would come of each, then the action. */
@Path(ManyForm.FOLDER + "{kind}")
@Produces(Rendering.HTML)
class ManyScreen {

  private final Rendering rendering;
  private final QuarantineSearch search;
  private final BulkRedrive bulk;
  private final ActionDesk desk;

  ManyScreen(Rendering rendering, QuarantineSearch search, BulkRedrive bulk, ActionDesk desk) {
    this.rendering = rendering;
    this.search = search;
    this.bulk = bulk;
    this.desk = desk;
  }

  @GET
  @Needs(Role.OPERATOR)
  public Response ask(@PathParam("kind") String word, UriInfo asked, @Context HttpHeaders request) {
    ActionKind kind = kind(word);
    Terms terms = new Terms(asked.getQueryParameters());
    ManyForm form = foreseen(kind, bounded(terms));
    return rendering.page(
        request,
        form.title() + " all that the filter finds",
        Screen.QUARANTINE,
        List.of(
            Panel.still("foreseen", "What would happen", () -> QuarantineTemplates.foreseen(form)),
            Panel.still("confirm", "Do it", () -> QuarantineTemplates.confirm(form))));
  }

  @POST
  @Needs(Role.OPERATOR)
  public Response act(
      @PathParam("kind") String word,
      UriInfo asked,
      @FormParam("reason") @Nullable String reason,
      @FormParam("confirmed") @Nullable String confirmed,
      @FormParam("key") @Nullable String key) {
    ActionKind kind = kind(word);
    Terms terms = new Terms(asked.getQueryParameters());
    BulkRedrive.Order order = order(query(terms));
    demandConfirmed(confirmed);
    Motive motive = Motive.of(reason, key);
    Action action =
        desk.perform(
            kind,
            new Action.About(null, null),
            motive.reason(),
            motive.key(),
            order.toString(),
            id -> bulk.effect(order).take());
    bulk.carryOut(action);
    return Response.seeOther(URI.create(terms.on(OutcomeScreen.FOLDER + action.id()))).build();
  }

  private static void demandConfirmed(@Nullable String confirmed) {
    Parameters form =
        new Parameters(
            Map.of("confirmed", List.of(confirmed == null ? "" : confirmed)), Set.of("confirmed"));
    form.read(
        "confirmed",
        text -> Optional.of(text).filter("yes"::equals),
        "ticked, as this is about every record that the filter finds");
    form.check();
  }

  /** What comes later nobody has seen who confirms. */
  private Terms bounded(Terms terms) {
    return terms.with("until", query(terms).filter().asOf(search.now()).toString());
  }

  private ManyForm foreseen(ActionKind kind, Terms terms) {
    QuarantineQuery query = query(terms);
    Map<UUID, QuarantinedRecord> records =
        search.oldestOpen(query.filter(), query.after(), Redrive.AT_ONCE).records().stream()
            .collect(toMap(QuarantinedRecord::id, identity()));
    Instant until = requireNonNull(query.filter().until());
    DryRun foreseen = DryRun.of(bulk.foresee(kind, order(query)), query.filter(), until);
    List<ForeseenRow> rows =
        foreseen.items().stream().map(it -> ForeseenRow.of(it, records.get(it.id()))).toList();
    return new ManyForm(kind, terms, foreseen, rows, UUID.randomUUID().toString());
  }

  private static QuarantineQuery query(Terms terms) {
    Parameters parameters = new Parameters(terms.parameters(), QuarantineQuery.MANY);
    QuarantineQuery query = QuarantineQuery.of(parameters, null);
    parameters.check();
    return query;
  }

  private static BulkRedrive.Order order(QuarantineQuery query) {
    return new BulkRedrive.Order(query.filter(), query.after());
  }

  static ActionKind kind(String word) {
    return Stream.of(ActionKind.REPLAY, ActionKind.DISCARD)
        .filter(kind -> kind.word().equals(word))
        .findAny()
        .orElseThrow(() -> new NothingThere("There is no such action on records."));
  }
}
