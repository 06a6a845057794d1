package dev.berth.plan.decide;

import dev.berth.plan.Operation.Proof;
import dev.berth.plan.Resource;
import java.util.List;
import java.util.Map;

/** The way of a namespace out: access first, then pods, so that none comes back, then itself. */
final class Closing {

  private Closing() {}

  static void close(String namespace, Steps steps) {
    // Written, not only revoked: an object without subjects meets a late creation.
    List<String> revoked =
        Entitlement.NOBODY.in(namespace).stream()
            .map(nobody -> steps.close(nobody, List.of()))
            .toList();
    String quota = steps.close(new Resource.ResourceQuota(namespace, Map.of("pods", "0")), revoked);
    String binds = steps.verify(namespace, new Proof.QuotaBinds(), List.of(quota));
    String evicted = steps.evictPods(namespace, List.of(binds));
    steps.delete(Resource.Key.ofNamespace(namespace), List.of(evicted));
  }
}
