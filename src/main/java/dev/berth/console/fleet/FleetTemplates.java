package dev.berth.console.fleet;

import dev.berth.api.fleet.FleetView;
import dev.berth.api.fleet.FleetView.GroupView;
import dev.berth.store.search.Fleet.PhaseChange;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The panels of all tenants. */
@CheckedTemplate(basePath = "fleet")
final class FleetTemplates {

  private FleetTemplates() {}

  static native TemplateInstance attention(FleetView fleet);

  static native TemplateInstance phases(List<PhaseBar> bars, String topic);

  static native TemplateInstance hours(Sparkline line);

  static native TemplateInstance underway(List<GroupView> groups);

  static native TemplateInstance recent(List<PhaseChange> changes);
}
