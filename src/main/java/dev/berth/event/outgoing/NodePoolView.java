package dev.berth.event.outgoing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.NodePool.Progress;
import dev.berth.nodepool.NodePool.Size;
import dev.berth.nodepool.PoolCondition;
import dev.berth.tenant.advice.Advice;
import dev.berth.tenant.condition.Condition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What others see of a node pool, in the form of the contract. */
final class NodePoolView {

  private NodePoolView() {}

  static ObjectNode of(NodePool pool, String cluster) {
    Progress progress = pool.progress();
    Size size = progress.size();
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("name", pool.name().value())
        .put("vmSize", pool.terms().vmSize())
        .put("sequence", progress.announced())
        .put("phase", pool.phase().name());
    progress
        .conditions()
        .headline()
        .ifPresent(it -> {
          Advice advice = Advice.of(it.reason());
          view.put("reason", it.reason().name())
              .put("message", it.message())
              .put("since", it.since().toString())
              .put("actor", advice.actor().name())
              .put("nextStep", advice.nextStep());
        });
    view.put("cluster", cluster);
    view.putObject("nodes")
        .put("min", pool.terms().min())
        .put("max", pool.terms().max())
        .put("wanted", size.wanted())
        .put("provided", size.provided())
        .put("ready", size.ready());
    view.put("waitingTenants", size.waiting());
    var conditions = view.putArray("conditions");
    progress.conditions().list().forEach(it -> add(conditions.addObject(), it));
    return view.put("attempt", progress.attempt()).put("nextRetryAt", text(progress.retryAt()));
  }

  private static void add(ObjectNode view, PoolCondition condition) {
    view.put("type", condition.aspect().name())
        .put("status", Condition.Truth.of(condition.reason().weight()).name())
        .put("reason", condition.reason().name())
        .put("message", condition.message())
        .put("lastTransitionTime", condition.since().toString());
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
