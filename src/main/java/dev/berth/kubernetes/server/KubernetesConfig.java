package dev.berth.kubernetes.server;

import dev.berth.plan.Ipv4Block;
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

  /**
   * Berth's own kubeconfig; a {@code tokenFile} in it is read for every request. Else {@code
   * KUBECONFIG}, {@code ~/.kube/config}, or the ServiceAccount of the pod.
   */
  @WithDefault("${BERTH_KUBECONFIG:}")
  Optional<Path> kubeconfig();

  /**
   * RuntimeClasses that count as a sandbox, the preferred one first. The first with Ready nodes is
   * taken.
   */
  @WithDefault("kata-vm-isolation,kata-mshv-vm-isolation")
  List<String> runtimeClasses();

  /** Handlers that such a class may have; with another one it does not count as a sandbox. */
  @WithDefault("kata")
  List<String> runtimeHandlers();

  /**
   * What enforces network policies here, such as {@code azure}, {@code calico}, {@code cilium};
   * wins over the engine that is found by its DaemonSet with ready pods in {@code kube-system},
   * {@code calico-system}, {@code cilium} or {@code kube-flannel}. If there is none, plans with
   * {@code network.requireEngine: true} are blocked.
   */
  Optional<String> networkEngine();

  /**
   * IPv4 ranges of nodes, pods and services that the cluster does not report, such as {@code
   * 10.20.0.0/16,10.30.0.0/16}. It reports the pod ranges of nodes and, from 1.33 on, those of
   * services. No tenant reaches them by address.
   */
  Optional<List<@WithConverter(Ipv4Setting.Range.class) Ipv4Block>> internalRanges();

  /** DNS caches on the nodes, which pods may ask: NodeLocal DNSCache, and LocalDNS of AKS. */
  @WithDefault("169.254.20.10,169.254.10.11")
  Optional<List<@WithConverter(Ipv4Setting.Address.class) String>> dnsAddresses();

  /**
   * How often pods are tried in the canary namespaces if nothing has changed; they are tried at
   * once when classes or policies change.
   */
  @WithDefault("5m")
  Duration canaryInterval();

  /** Memory that the daemons of each node take; tenants, and the largest sandbox, get less. */
  @WithDefault("0")
  @WithConverter(AmountSetting.class)
  Quantity nodeReserveMemory();

  /** CPU that the daemons of each node take; tenants, and the largest sandbox, get less. */
  @WithDefault("0")
  @WithConverter(AmountSetting.class)
  Quantity nodeReserveCpu();

  /**
   * A watch that received neither an event nor a bookmark for this long is restarted with a
   * listing. API servers send a bookmark about once a minute: a shorter time only lists more often.
   */
  @WithDefault("90s")
  Duration watchSilence();

  /**
   * How long the facts of the cluster stay valid after their watches broke, or the API server fell
   * silent.
   */
  @WithDefault("30s")
  Duration staleAfter();
}
