package dev.berth.nodepool.preflight;

import dev.berth.nodepool.cloud.ClusterReading;
import dev.berth.tenant.condition.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a managed cluster must be for node pools with sandboxes, and had better be. */
final class ClusterRules {

  private static final Pattern VERSION = Pattern.compile("1\\.(\\d{1,6})(\\..*)?");
  private static final int OLDEST = 27;
  private static final int DEFAULTING = 36;

  private final String cluster;
  private final List<PoolFinding> findings = new ArrayList<>();

  private ClusterRules(String cluster) {
    this.cluster = cluster;
  }

  static List<PoolFinding> judge(String name, ClusterReading cluster) {
    ClusterRules rules = new ClusterRules("cluster " + name);
    rules.version(cluster.version());
    rules.network(cluster.network());
    return rules.findings;
  }

  private void version(String version) {
    Matcher minor = VERSION.matcher(version);
    if (!minor.matches()) {
      doubtful(
          "says that it runs Kubernetes '%s', which is no version that Berth knows; sandboxes need 1.%d or newer: check it"
              .formatted(version, OLDEST));
    } else if (Integer.parseInt(minor.group(1)) < OLDEST) {
      unfit(
          "runs Kubernetes %s, and sandboxes need 1.%d or newer; upgrade it"
              .formatted(version, OLDEST));
    } else if (Integer.parseInt(minor.group(1)) < DEFAULTING) {
      doubtful(
          "runs Kubernetes %s, which sets no RuntimeClass before 1.%d: pods that name none are denied; upgrade it, or tell tenants to name the class"
              .formatted(version, DEFAULTING));
    }
  }

  private void network(ClusterReading.Networking network) {
    if (network.ebpfHostRouting()) {
      unfit(
          "has eBPF host routing, which goes past the network of sandboxes; turn that part of its advanced networking off");
    }
    switch (network.policy().toLowerCase(Locale.ROOT)) {
      case "", "none" ->
          doubtful(
              "has no engine for network policies (networkPolicy '%s'), so they are stored and not enforced; give it cilium, or run another engine in it"
                  .formatted(network.policy()));
      case "azure" ->
          doubtful(
              "has network policies by Azure, whose support ends on 2028-09-30 for Linux nodes; move it to cilium before");
      default -> {}
    }
    if (network.localDns()) {
      doubtful(
          "has LocalDNS, whose address 169.254.10.11 on each node a rule for addresses may not open; see that sandboxes resolve names, or turn it off for their pools");
    }
  }

  private void unfit(String what) {
    findings.add(new PoolFinding(Reason.ClusterUnfit, cluster + " " + what));
  }

  private void doubtful(String what) {
    findings.add(new PoolFinding(Reason.NodePoolDoubtful, cluster + " " + what));
  }
}
