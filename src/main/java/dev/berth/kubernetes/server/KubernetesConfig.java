package dev.berth.kubernetes.server;

import io.fabric8.kubernetes.api.model.Quantity;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What an operator may say about the cluster. */
@ConfigMapping(prefix = "berth.kubernetes")
public interface KubernetesConfig {

  /** Who Berth is in the cluster; without it the client's usual way of finding one. */
  @WithDefault("${BERTH_KUBECONFIG:}")
  Optional<Path> kubeconfig();

  /** Classes that count as a sandbox, the preferred one first. */
  @WithDefault("kata-vm-isolation,kata-mshv-vm-isolation")
  List<String> runtimeClasses();

  /** Handlers such a class may have: a class of that name with another handler is no sandbox. */
  @WithDefault("kata")
  List<String> runtimeHandlers();

  /** What enforces network policies, where Berth does not find it out, or wrongly. */
  Optional<String> networkEngine();

  /** Ranges of nodes, pods and services that the cluster does not tell. */
  Optional<List<@WithConverter(Ipv4Setting.Range.class) String>> internalRanges();

  /** DNS caches on the nodes: NodeLocal DNSCache, and LocalDNS of AKS. */
  @WithDefault("169.254.20.10,169.254.10.11")
  Optional<List<@WithConverter(Ipv4Setting.Address.class) String>> dnsAddresses();

  /** How often pods are tried in the canary namespaces where nothing has changed. */
  @WithDefault("5m")
  Duration canaryInterval();

  /** Memory of each node for sandboxes that its own daemons take: less is given to tenants. */
  @WithDefault("0")
  @WithConverter(AmountSetting.class)
  Quantity nodeReserveMemory();

  /** The same of CPU. */
  @WithDefault("0")
  @WithConverter(AmountSetting.class)
  Quantity nodeReserveCpu();

  /** A watch without a word for so long is dead, and is begun anew. */
  @WithDefault("90s")
  Duration watchSilence();

  /** For how long facts count after a watch broke or fell silent. */
  @WithDefault("30s")
  Duration staleAfter();
}
