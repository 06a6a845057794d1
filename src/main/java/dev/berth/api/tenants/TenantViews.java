package dev.berth.api.tenants;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.event.outgoing.TimelineStep;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.Reason.Weight;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tenants as the API shows them: the data of their status events, and more on a single one. */
@ApplicationScoped
class TenantViews {

  private static final Set<Weight> FAILURES = EnumSet.of(Weight.RETRY, Weight.BLOCK);

  private final StatusEvents events;
  private final ObjectMapper json;

  TenantViews(StatusEvents events, ObjectMapper json) {
    this.events = events;
    this.json = json;
  }

  /** The data of the tenant's status as it is now. */
  ObjectNode item(Tenant tenant) {
    Condition headline = tenant.status().conditions().headline().orElseThrow();
    byte[] data = events.data(tenant, headline.reason(), headline.message());
    try {
      return (ObjectNode) json.readTree(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The item with what was asked for, the last failure and the latest steps. */
  ObjectNode detail(Tenant tenant, List<TimelineStep> steps) {
    ObjectNode view = item(tenant);
    TenantSpec spec = tenant.desired().spec();
    // As it was sent, byte by byte.
    view.putRawValue("desired", spec == null ? null : new RawValue(spec.document()));
    view.put("lastError", lastError(tenant));
    view.set("timeline", json.valueToTree(steps));
    return view;
  }

  private static @Nullable String lastError(Tenant tenant) {
    return tenant.status().conditions().list().stream()
        .filter(c -> c.status() == Condition.Truth.False)
        .filter(c -> FAILURES.contains(c.reason().weight()))
        .map(Condition::message)
        .findFirst()
        .orElse(null);
  }
}
