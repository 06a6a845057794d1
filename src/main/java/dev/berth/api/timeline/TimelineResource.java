package dev.berth.api.timeline;

import dev.berth.api.KnownTenants;
import dev.berth.api.problem.Parameters;
import dev.berth.api.timeline.TimelineEntry.Ending;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.search.Cursor;
import dev.berth.store.search.TimeText;
import dev.berth.store.search.TimelineRows;
import dev.berth.store.search.TimelineRows.Happening;
import dev.berth.store.search.TimelineRows.Moment;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happened to one tenant, newest first. */
@Path("/api/v1/tenants/{id}/timeline")
@Produces(MediaType.APPLICATION_JSON)
class TimelineResource {

  private static final int BATCH = 200;

  /** A page ends here even if it is not full, so that none takes for ever. */
  private static final int MOST = 10_000;

  private final KnownTenants tenants;
  private final TimelineRows rows;
  private final String topic;

  TimelineResource(KnownTenants tenants, TimelineRows rows, ProvisioningConfig config) {
    this.tenants = tenants;
    this.rows = rows;
    this.topic = config.topics().lifecycle();
  }

  /** What is asked for; {@code outcome} null = whatever happened. */
  private record Query(@Nullable Ending outcome, int limit, String scope, Moment from) {}

  /**
   * A page of entries.
   *
   * @param nextCursor asks for what happened before; null = nothing is kept of it
   */
  record TimelinePage(List<TimelineEntry> items, @Nullable String nextCursor) {}

  @GET
  public TimelinePage get(@PathParam("id") String id, UriInfo request) {
    Query query = query(id, request);
    Tenant tenant = tenants.known(id);
    TimelineFold fold = new TimelineFold(query.limit, query.outcome, query.from);
    boolean more = fill(fold, tenant.id());
    List<TimelineEntry> items = fold.end();
    return new TimelinePage(items, more ? Cursor.of(query.scope, written(fold.reached())) : null);
  }

  private static Query query(String id, UriInfo request) {
    Parameters parameters =
        new Parameters(request.getQueryParameters(), Set.of("outcome", "limit", "cursor"));
    Ending outcome = parameters.read("outcome", Ending::parse, "ok or failed");
    int limit = parameters.limit();
    String scope = "timeline of " + id + " " + outcome;
    Moment from = parameters.cursor(scope, TimelineResource::moment);
    parameters.check();
    return new Query(outcome, limit, scope, from == null ? Moment.NOW : from);
  }

  /** Whether there is more. */
  private boolean fill(TimelineFold fold, TenantId tenant) {
    for (int read = 0; read < MOST; read += BATCH) {
      List<Happening> batch = rows.before(fold.reached(), topic, tenant, BATCH);
      for (Happening row : batch) {
        if (!fold.take(row)) {
          return true;
        }
      }
      if (batch.size() < BATCH) {
        return false;
      }
    }
    return true;
  }

  private static String written(Moment moment) {
    return moment.at() + " " + moment.kind() + " " + moment.id();
  }

  private static Optional<Moment> moment(String position) {
    String[] parts = position.split(" ", 3);
    return parts.length == 3
        ? TimeText.parse(parts[0]).map(at -> new Moment(at, parts[1], parts[2]))
        : Optional.empty();
  }
}
