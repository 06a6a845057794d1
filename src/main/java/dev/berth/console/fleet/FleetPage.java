package dev.berth.console.fleet;

import dev.berth.api.fleet.FleetOverview;
import dev.berth.console.Frame.PagePlace;
import dev.berth.console.Panel;
import dev.berth.console.Rendering;
import dev.berth.console.Screen;
import dev.berth.console.live.PageStreams;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.search.Fleet;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What needs a person, how many tenants are in each phase, and what changed last. */
@Path("/")
@Produces(Rendering.HTML)
class FleetPage {

  private static final int RECENT = 15;

  private final Rendering rendering;
  private final FleetOverview overview;
  private final Fleet fleet;
  private final String topic;

  FleetPage(Rendering rendering, FleetOverview overview, Fleet fleet, ProvisioningConfig config) {
    this.rendering = rendering;
    this.overview = overview;
    this.fleet = fleet;
    this.topic = config.topics().events();
  }

  @GET
  public Response get(@Context HttpHeaders request) {
    return rendering.page(
        request,
        new PagePlace("Fleet", Screen.FLEET, PageStreams.ALL),
        List.of(
            Panel.live("attention", "Needs attention", this::attention),
            Panel.live("phases", "Tenants by phase", this::phases),
            Panel.live("hours", "The last %d hours".formatted(Sparkline.HOURS), this::hours),
            Panel.live("underway", "Goes on by itself", this::underWay),
            Panel.live("recent", "Latest changes of phase", this::recent)));
  }

  private TemplateInstance attention() {
    return FleetTemplates.attention(overview.now());
  }

  private TemplateInstance underWay() {
    return FleetTemplates.underway(overview.now().goesOn());
  }

  private TemplateInstance phases() {
    return FleetTemplates.phases(PhaseBar.all(fleet.phases()), topic);
  }

  private TemplateInstance hours() {
    return FleetTemplates.hours(Sparkline.of(fleet.latestHours(Sparkline.HOURS)));
  }

  private TemplateInstance recent() {
    return FleetTemplates.recent(fleet.latestChanges(RECENT));
  }
}
