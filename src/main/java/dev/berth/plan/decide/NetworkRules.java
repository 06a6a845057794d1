package dev.berth.plan.decide;

import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.Plan;
import dev.berth.plan.Resource;
import java.util.List;

/** From the traffic that a plan allows to the exceptions of a policy that denies everything. */
final class NetworkRules {

  private NetworkRules() {}

  /**
   * @param siblings all namespaces of the tenant
   */
  static Resource.NetworkPolicy policy(
      String namespace, List<String> siblings, Plan.Network network, ClusterNetwork cluster) {
    return new Resource.NetworkPolicy(
        namespace,
        network.dns(),
        network.dns() ? cluster.dns() : List.of(),
        network.betweenNamespaces() ? siblings : List.of(namespace),
        network.ingress(),
        EgressRules.blocks(network.egress(), cluster));
  }
}
