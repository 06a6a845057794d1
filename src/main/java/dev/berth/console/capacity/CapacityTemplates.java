package dev.berth.console.capacity;

import dev.berth.api.capacity.CapacityView.PoolView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The panels of capacity. */
@CheckedTemplate(basePath = "capacity")
final class CapacityTemplates {

  private CapacityTemplates() {}

  static native TemplateInstance rooms(boolean known, List<RoomRow> rows);

  static native TemplateInstance line(List<PoolView> pools);

  static native TemplateInstance nodepools(List<NodePoolRow> rows, boolean off);
}
