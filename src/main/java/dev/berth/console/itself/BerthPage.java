package dev.berth.console.itself;

import dev.berth.api.itself.BerthItself;
import dev.berth.api.itself.BerthView;
import dev.berth.console.Panel;
import dev.berth.console.Rendering;
import dev.berth.console.Screen;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The replica that answers. */
@Path("/berth")
@Produces(Rendering.HTML)
class BerthPage {

  private final Rendering rendering;
  private final BerthItself berth;
  private final int managementPort;

  BerthPage(
      Rendering rendering,
      BerthItself berth,
      @ConfigProperty(name = "quarkus.management.port") int managementPort) {
    this.rendering = rendering;
    this.berth = berth;
    this.managementPort = managementPort;
  }

  @GET
  public Response get(@Context HttpHeaders request, UriInfo asked) {
    String management = "http://%s:%d".formatted(asked.getBaseUri().getHost(), managementPort);
    BerthView now = berth.now();
    return rendering.page(
        request,
        "Berth itself",
        Screen.BERTH,
        List.of(
            Panel.live("replica", "This replica", () -> ItselfTemplates.replica(now)),
            Panel.live("policies", "Policies of the cluster", () -> ItselfTemplates.policies(now)),
            Panel.live("backlog", "What waits", () -> ItselfTemplates.backlog(now)),
            Panel.still("more", "Read on", () -> ItselfTemplates.more(management))));
  }
}
