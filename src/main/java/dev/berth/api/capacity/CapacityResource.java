package dev.berth.api.capacity;

import dev.berth.api.capacity.CapacityView.LinePage;
import dev.berth.api.capacity.CapacityView.WaiterView;
import dev.berth.api.problem.Parameters;
import dev.berth.plan.capacity.Pool;
import dev.berth.store.search.Cursor;
import dev.berth.store.search.PoolRooms;
import dev.berth.store.search.PoolRooms.InLine;
import dev.berth.store.search.PoolRooms.PlaceInLine;
import dev.berth.store.search.TimeText;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Room on the nodes for sandboxes, and the line of those who wait for it. */
@Path("/api/v1/capacity")
@Produces(MediaType.APPLICATION_JSON)
class CapacityResource {

  private final Capacity capacity;
  private final PoolRooms rooms;

  CapacityResource(Capacity capacity, PoolRooms rooms) {
    this.capacity = capacity;
    this.rooms = rooms;
  }

  @GET
  public CapacityView get(UriInfo request) {
    Parameters.refuseAll(request.getQueryParameters());
    return capacity.latest();
  }

  @GET
  @Path("line")
  public LinePage line(UriInfo request) {
    Parameters parameters =
        new Parameters(request.getQueryParameters(), Set.of("pool", "limit", "cursor"));
    String pool =
        parameters.required(
            "pool",
            text -> Optional.of(text).filter(it -> it.indexOf('\0') < 0),
            "the pool of an item of /api/v1/capacity");
    int limit = parameters.limit();
    String scope = "line of " + pool;
    PlaceInLine after = parameters.cursor(scope, CapacityResource::place);
    parameters.check();
    return page(String.valueOf(pool), limit, scope, after);
  }

  private LinePage page(String pool, int limit, String scope, @Nullable PlaceInLine after) {
    // One more tells whether there is another page.
    List<InLine> found =
        rooms.line(new Pool(pool), after == null ? PlaceInLine.FRONT : after, limit + 1);
    boolean more = found.size() > limit;
    List<InLine> page = more ? found.subList(0, limit) : found;
    return new LinePage(
        page.stream().map(WaiterView::of).toList(),
        more ? Cursor.of(scope, position(page.getLast().place())) : null);
  }

  private static String position(PlaceInLine place) {
    return place.priority() + " " + place.arrived() + " " + place.tenant();
  }

  private static Optional<PlaceInLine> place(String position) {
    String[] parts = position.split(" ", -1);
    return parts.length == 3
        ? priority(parts[0])
            .flatMap(first ->
                TimeText.parse(parts[1]).map(then -> new PlaceInLine(first, then, parts[2])))
        : Optional.empty();
  }

  /** Those that the database can order by: it turns them round. */
  private static Optional<Integer> priority(String text) {
    try {
      return Optional.of(Integer.valueOf(text)).filter(it -> it > Integer.MIN_VALUE);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
