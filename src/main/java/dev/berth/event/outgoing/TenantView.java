package dev.berth.event.outgoing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.advice.Advice;
import dev.berth.tenant.condition.Brief;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.Reason;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What others see of a tenant, in the form of the contract. */
final class TenantView {

  /** With as many the event is a fraction of what a topic takes. */
  private static final int MOST_NAMESPACES = 1000;

  private TenantView() {}

  static ObjectNode of(Tenant tenant, String cluster, Reason reason, String message) {
    Desired desired = tenant.desired();
    Status status = tenant.status();
    PlanVersion plan = desired.plan();
    Advice advice = Advice.of(reason);
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("tenantId", tenant.id().value())
        .put("incarnation", tenant.incarnation())
        .put("sequence", status.sequence())
        .put("phase", tenant.phase().name())
        .put("previousPhase", text(status.previousPhase()))
        .put("reason", reason.name())
        .put("message", Brief.message(message, Condition.LONGEST_MESSAGE))
        .put("since", text(status.since()))
        .put("actor", advice.actor().name())
        .put("nextStep", advice.nextStep())
        .put("generation", desired.generation())
        .put("observedGeneration", status.observedGeneration())
        .put("plan", text(plan))
        .put("cluster", cluster);
    addNamespaces(view, tenant);
    addSandboxes(view, desired.spec(), status.sandboxes());
    addConditions(view, status);
    return view.put("attempt", status.attempt()).put("nextRetryAt", text(status.nextRetryAt()));
  }

  private static void addNamespaces(ObjectNode view, Tenant tenant) {
    var namespaces = view.putArray("namespaces");
    // The default one has the empty name and comes first.
    tenant.namespaces().stream()
        .sorted(Comparator.comparing(TenantNamespace::name))
        .limit(MOST_NAMESPACES)
        .forEach(it ->
            namespaces
                .addObject()
                .put("name", it.name())
                .put("namespace", it.namespace())
                .put("uid", it.uid()));
  }

  private static void addSandboxes(
      ObjectNode view, @Nullable TenantSpec spec, Sandboxes sandboxes) {
    Integer asked = spec == null ? null : spec.sandboxes();
    ObjectNode json =
        view.putObject("sandboxes")
            .put("asked", asked == null ? sandboxes.granted() : asked)
            .put("granted", sandboxes.granted());
    Sandboxes.SandboxSize size = sandboxes.size();
    if (size != null) {
      json.put("perNode", size.perNode())
          .put("nodes", size.nodes())
          .put("runtimeClass", size.runtimeClass())
          .put("memory", size.memory())
          .put("overhead", size.overhead())
          .put("vcpus", size.vcpus());
    }
  }

  private static void addConditions(ObjectNode view, Status status) {
    var conditions = view.putArray("conditions");
    for (Condition condition : status.conditions().list()) {
      conditions
          .addObject()
          .put("type", condition.type().name())
          .put("status", condition.status().name())
          .put("reason", condition.reason().name())
          .put("message", condition.message())
          .put("observedGeneration", condition.observedGeneration())
          .put("lastTransitionTime", condition.lastTransitionTime().toString());
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
