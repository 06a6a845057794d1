package dev.berth.nodepool.preflight;

import static java.util.stream.Collectors.joining;

import dev.berth.nodepool.Subnets;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.tenant.condition.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a node pool must be so that its nodes can run sandboxes: as it shall be made, and as it is.
 * Much of it can be changed by others later.
 */
final class PoolRules {

  private static final String RUNTIME = "KataVmIsolation";
  private static final String OS = "AzureLinux";
  private static final Set<String> RESERVED = Set.of("kubernetes.azure.com", "kubernetes.io");
  private static final String ANEW = "; remove the pool, and Berth makes it anew";

  private final String pool;
  private final List<PoolFinding> findings = new ArrayList<>();

  private PoolRules(PoolWish wish) {
    this.pool = "pool " + wish.pool() + " of cluster " + wish.cluster();
  }

  /** Of what others chose for a pool that is not there yet. */
  static List<PoolFinding> judge(PoolWish wish) {
    PoolRules rules = new PoolRules(wish);
    wish.labels().stream().filter(PoolRules::isReserved).sorted().forEach(rules::reserved);
    return rules.findings;
  }

  /** Of where a pool that is not there yet would be. */
  static List<PoolFinding> judge(PoolWish wish, List<Subnets> ofPools) {
    PoolRules rules = new PoolRules(wish);
    List<Subnets> different = ofPools.stream().distinct().toList();
    if (different.size() > 1) {
      rules.doubtful(
          "will be made in subnet %s, in which most pools of the cluster are, and not in %s; if it is to be there, make it by hand under this name"
              .formatted(
                  Subnets.mostUsed(ofPools),
                  different.stream()
                      .filter(other -> !other.equals(Subnets.mostUsed(ofPools)))
                      .map(Subnets::toString)
                      .map(name -> name.isEmpty() ? "that of AKS" : name)
                      .collect(joining(", "))));
    }
    return rules.findings;
  }

  static List<PoolFinding> judge(PoolWish wish, PoolReading existing) {
    PoolRules rules = new PoolRules(wish);
    rules.size(wish.terms().vmSize(), existing.machines().vmSize());
    rules.runtime(existing.sandboxing().workloadRuntime());
    rules.os(existing.sandboxing().osSku(), existing.sandboxing().image());
    rules.switches(existing.sandboxing());
    return rules.findings;
  }

  /** A domain, and all that is below it. */
  private static boolean isReserved(String label) {
    int slash = label.indexOf('/');
    String domain = slash < 0 ? "" : label.substring(0, slash).toLowerCase(Locale.ROOT);
    return RESERVED.stream().anyMatch(r -> domain.equals(r) || domain.endsWith("." + r));
  }

  private void reserved(String label) {
    unfit("shall have the label " + label + ", whose prefix is reserved; use one of your own");
  }

  private void size(String wanted, String present) {
    if (!wanted.equalsIgnoreCase(present)) {
      unfit("has VM size '%s', and not %s".formatted(present, wanted) + ANEW);
    }
  }

  private void runtime(String runtime) {
    switch (runtime.toLowerCase(Locale.ROOT)) {
      case "katavmisolation" -> {}
      case "katamshvvmisolation" ->
          doubtful(
              "has workloadRuntime %s, the former name of %s, and its nodes the former labels; replace it when there is time"
                  .formatted(runtime, RUNTIME));
      case "kataccisolation" ->
          unfit(
              "has workloadRuntime %s, Confidential Containers, whose preview has ended: not the sandbox %s"
                      .formatted(runtime, RUNTIME)
                  + ANEW);
      default ->
          unfit(
              "has workloadRuntime '%s', and its nodes cannot run sandboxes; only a new pool gets %s"
                      .formatted(runtime, RUNTIME)
                  + ANEW);
    }
  }

  private void os(String sku, String image) {
    switch (sku.toLowerCase(Locale.ROOT)) {
      case "azurelinux" -> {}
      case "" -> doubtful("does not say its osSKU; sandboxes need %s: check it".formatted(OS));
      case "azurelinux3" ->
          doubtful(
              "has osSKU %s, with which sandboxes have not been seen to work; %s is the one for them"
                  .formatted(sku, OS));
      case "mariner", "cblmariner" ->
          unfit(
              "has osSKU %s, a former name: Azure Linux 2, whose images are gone; today's name is %s"
                      .formatted(sku, OS)
                  + ANEW);
      default -> unfit("has osSKU %s, and sandboxes need %s".formatted(sku, OS) + ANEW);
    }
    String version = image.toLowerCase(Locale.ROOT);
    if (version.contains("azurelinux-v2") || version.contains("mariner")) {
      unfit(
          "has images of Azure Linux 2 (%s), which are gone: it cannot get new nodes"
                  .formatted(image)
              + ANEW);
    }
  }

  private void switches(PoolReading.Sandboxing sandboxing) {
    if (sandboxing.fips()) {
      unfit("has FIPS (enableFIPS), which sandboxes do not go with" + ANEW);
    }
    if (sandboxing.trustedLaunch()) {
      unfit(
          "has Trusted Launch (enableVTPM or enableSecureBoot), which sandboxes do not go with and"
              + " which somebody may have switched on later; switch it off");
    }
    if (sandboxing.artifactStreaming()) {
      unfit("has artifact streaming, which sandboxes do not go with; switch it off");
    }
  }

  private void unfit(String what) {
    findings.add(new PoolFinding(Reason.NodePoolUnfit, pool + " " + what));
  }

  private void doubtful(String what) {
    findings.add(new PoolFinding(Reason.NodePoolDoubtful, pool + " " + what));
  }
}
