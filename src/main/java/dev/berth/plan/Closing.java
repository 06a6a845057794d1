package dev.berth.plan;

import dev.berth.plan.Operation.Proof;
import java.util.List;
import java.util.Map;

/** The way of a namespace out: access first, then pods, so that none comes back, then itself. */
final class Closing {

  private Closing() {}

  static void close(String namespace, Steps steps) {
    List<String> revoked =
        List.of(
            steps.apply(Bindings.owner(namespace, List.of()), List.of()),
            steps.apply(Bindings.viewer(namespace, List.of()), List.of()),
            steps.apply(Bindings.debug(namespace, List.of()), List.of()));
    String quota = steps.apply(new Resource.ResourceQuota(namespace, Map.of("pods", "0")), revoked);
    String binds = steps.verify(namespace, new Proof.QuotaBinds(), List.of(quota));
    String evicted = steps.evictPods(namespace, List.of(binds));
    steps.delete(Resource.Key.ofNamespace(namespace), List.of(evicted));
  }
}
