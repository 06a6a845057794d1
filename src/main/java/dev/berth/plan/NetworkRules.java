package dev.berth.plan;

import java.util.List;
import java.util.Optional;

/** From the traffic that a plan allows to the exceptions of a policy that denies everything. */
public final class NetworkRules {

  /** Where clouds hand credentials to whoever asks: closed in every plan. */
  public static final List<String> NEVER = List.of("168.63.129.16/32", "169.254.169.254/32");

  /** Everything that is no internet address: nodes, pods and services of any cluster lie in it. */
  private static final List<String> INTERNAL =
      List.of(
          "10.0.0.0/8",
          "100.64.0.0/10",
          "168.63.129.16/32",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.168.0.0/16");

  private NetworkRules() {}

  /**
   * @param siblings all namespaces of the tenant
   */
  static Resource.NetworkPolicy policy(
      String namespace, List<String> siblings, Plan.Network network) {
    List<String> peers = network.betweenNamespaces() ? siblings : List.of(namespace);
    List<Resource.Block> egress =
        switch (network.egress()) {
          case Plan.Egress.None none -> List.of();
          case Plan.Egress.Internet internet -> List.of(new Resource.Block("0.0.0.0/0", INTERNAL));
          case Plan.Egress.Cidrs cidrs -> cidrs.blocks().stream().map(NetworkRules::block).toList();
        };
    return new Resource.NetworkPolicy(namespace, network.dns(), peers, network.ingress(), egress);
  }

  /** The API server takes an exception only where it lies within its block. */
  private static Resource.Block block(String cidr) {
    Optional<Ipv4Block> block = Ipv4Block.parse(cidr);
    List<String> except =
        NEVER.stream()
            .filter(
                never -> block.flatMap(b -> Ipv4Block.parse(never).filter(b::contains)).isPresent())
            .toList();
    return new Resource.Block(cidr, except);
  }
}
