package dev.berth.api.tenants;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.event.outgoing.TimelineStep;
import dev.berth.provisioning.observation.Observation;
import dev.berth.provisioning.observation.Observations;
import dev.berth.store.inbox.Requests.NotApplied;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Reason.Weight;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tenants as the API shows them: the data of their status events, and more on a single one. */
@ApplicationScoped
public class TenantViews {

  private static final Set<Weight> FAILURES = EnumSet.of(Weight.RETRY, Weight.BLOCK);

  private final StatusEvents events;
  private final ObjectMapper json;
  private final Clock clock;
  private final Observations observations;

  TenantViews(StatusEvents events, ObjectMapper json, Clock clock, Observations observations) {
    this.observations = observations;
    this.events = events;
    this.json = json;
    this.clock = clock;
  }

  /** The data of the tenant's status as it is now. */
  ObjectNode item(Tenant tenant) {
    Condition headline = tenant.status().conditions().headline().orElseThrow();
    byte[] data = events.data(asOfNow(tenant), headline.reason(), headline.message());
    try {
      return (ObjectNode) json.readTree(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ExplanationView explanation(Tenant tenant) {
    return ExplanationView.of(asOfNow(tenant));
  }

  /** One that is due is about to be looked at: no time of the past is shown. */
  public Tenant asOfNow(Tenant tenant) {
    Status status = tenant.status();
    Instant retry = status.nextRetryAt();
    Instant now = clock.instant();
    return retry == null || now.isBefore(retry)
        ? tenant
        : tenant.with(status.retrying(status.attempt(), now));
  }

  /**
   * The item with what was asked for, the last failure and the latest steps.
   *
   * @param request the latest that was not applied
   */
  ObjectNode detail(Tenant tenant, Optional<NotApplied> request, List<TimelineStep> steps) {
    ObjectNode view = item(tenant);
    view.putRawValue("desired", asSent(tenant.desired().spec()));
    view.putRawValue("waiting", asSent(tenant.desired().next()));
    view.put("lastError", lastError(tenant));
    view.set("lastNotApplied", request.map(this::view).orElse(null));
    view.set("observed", observations.of(tenant.id()).map(this::view).orElse(null));
    view.set("timeline", json.valueToTree(steps));
    return view;
  }

  /** Byte by byte. */
  private static @Nullable RawValue asSent(@Nullable TenantSpec spec) {
    return spec == null ? null : new RawValue(spec.document());
  }

  private ObjectNode view(NotApplied request) {
    return json.createObjectNode()
        .put("verdict", request.verdict())
        .put("reason", request.reason())
        .put("message", request.message())
        .put("time", request.arrived().toString())
        .put("source", request.event().source())
        .put("id", request.event().id())
        .put("type", request.type())
        .put("generation", request.generation() == 0 ? null : Long.valueOf(request.generation()));
  }

  private ObjectNode view(Observation observed) {
    ObjectNode view = json.createObjectNode().put("time", observed.time().toString());
    observed.would().forEach(view.putArray("would")::add);
    return view;
  }

  /** Of a tenant that leaves nothing else counts: what held it back before does no more. */
  private static @Nullable String lastError(Tenant tenant) {
    Conditions conditions = tenant.status().conditions();
    List<Condition> telling =
        conditions.get(ConditionType.Offboarding).map(List::of).orElseGet(conditions::list);
    return telling.stream()
        .filter(c -> FAILURES.contains(c.reason().weight()))
        .map(Condition::message)
        .findFirst()
        .orElse(null);
  }
}
