package dev.berth.kubernetes.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.installation.Caller;
import dev.berth.kubernetes.Cluster;
import dev.berth.kubernetes.Hands;
import dev.berth.local.Parts;
import dev.berth.local.cluster.LocalCluster;
import dev.berth.local.process.Progress;
import dev.berth.local.process.TcpProxy;
import dev.berth.plan.ClusterAdmission.PolicyFault;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.Overhead;
import dev.berth.plan.Samples;
import dev.berth.plan.SandboxClass;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The facts follow a real API server, read with Berth's own rights. */
class ClusterWatchIT {

  private static final String BINDINGS =
      "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings";
  private static final String CLASSES = "/apis/node.k8s.io/v1/runtimeclasses";
  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final String BINDING = "ValidatingAdmissionPolicyBinding berth-sandbox";

  @Test
  void theLocalClusterIsAsBerthNeedsIt() {
    try (Watching watching = watch(Parts.cluster().berthKubeconfig(), "30s")) {
      watching.untilKnown();
      watching.untilCanary(SandboxClass.Canary.DEFAULTS);
      ClusterFacts facts = watching.facts();

      assertThat(facts.admission().version()).startsWith("v1.");
      assertThat(facts.network())
          .isEqualTo(
              new ClusterNetwork(
                  null, Samples.blocks("10.0.0.0/16"), List.of("169.254.20.10", "169.254.10.11")));
      assertThat(facts.admission().faults()).isEmpty();
      assertThat(facts.admission().probe()).isTrue();
      assertThat(facts.admission().mutating()).isTrue();
      Map<String, String> pool = Map.of("kubernetes.azure.com/kata-vm-isolation", "true");
      var two = new SandboxClass.Nodes("kata", 2, 1L << 50, 1_000_000_000, 1_000_000);
      assertThat(facts.classes())
          .containsExactly(
              new SandboxClass(
                  "kata-vm-isolation",
                  "kata",
                  new Overhead(600L << 20, 0),
                  new SandboxClass.Places(pool, List.of(), List.of(two), List.of()),
                  SandboxClass.Canary.DEFAULTS));
    }
  }

  @Test
  void aBindingThatGoesIsNoticedByTheWatchAndSoThatItIsBack() {
    Caller administrator = Caller.administrator();
    try (Watching watching = watch(Parts.cluster().berthKubeconfig(), "30s")) {
      watching.untilKnown();
      JsonNode binding = administrator.get(BINDINGS + "/berth-sandbox").body();

      administrator.delete(BINDINGS + "/berth-sandbox");
      watching.untilFaults(new PolicyFault(BINDING, null, true));

      administrator.post(BINDINGS, withoutVersion(binding));
      watching.untilMended();

      administrator.merge(
          BINDINGS + "/berth-sandbox", "{'spec': {'validationActions': ['Audit']}}");
      watching.untilFaults(
          new PolicyFault(
              BINDING, "spec.validationActions[0] is \"Audit\", shipped is \"Deny\"", true));

      administrator.merge(
          BINDINGS + "/berth-sandbox", "{'spec': {'validationActions': ['Deny', 'Audit']}}");
      watching.untilMended();
    }
  }

  @Test
  void aSandboxThatOpensIsNoticedByItsCanaryAndSoIsItsEnd() {
    Caller administrator = Caller.administrator();
    try (Watching watching = watch(Parts.cluster().berthKubeconfig(), "30s")) {
      watching.untilKnown();
      JsonNode binding = administrator.get(BINDINGS + "/berth-sandbox").body();

      administrator.delete(BINDINGS + "/berth-sandbox");
      watching.untilCanary(SandboxClass.Canary.OPEN);

      administrator.post(BINDINGS, withoutVersion(binding));
      watching.untilCanary(SandboxClass.Canary.DEFAULTS);
    }
  }

  /** The API server takes up to a second until it judges by what it holds. */
  @Test
  void aBindingThatIsBackCountsAsMissingUntilItIsInForce() {
    Caller administrator = Caller.administrator();
    try (Watching watching = watch(Parts.cluster().berthKubeconfig(), "30s")) {
      watching.untilKnown();
      JsonNode binding = administrator.get(BINDINGS + "/berth-sandbox").body();
      administrator.delete(BINDINGS + "/berth-sandbox");
      watching.untilCanary(SandboxClass.Canary.OPEN);

      administrator.post(BINDINGS, withoutVersion(binding));
      watching.untilMended();

      assertThat(await().until(watching::tries, Optional::isPresent))
          .contains(SandboxClass.Canary.DEFAULTS);
    }
  }

  /** While the namespace of its canary is on its way out, nothing can be tried there. */
  @Test
  void aClassThatAppearsIsUnprovenUntilItsCanaryWasTried() {
    String canary = "/api/v1/namespaces/tenant-berth-canary-kata-mshv-vm-isolation";
    String held = canary + "/configmaps";
    Hands intruder = Cluster.intruder();
    try (Watching watching = watch(Parts.cluster().berthKubeconfig(), "30s")) {
      watching.untilKnown();
      intruder.post(
          "/api/v1/namespaces",
          "{'metadata': {'name': 'tenant-berth-canary-kata-mshv-vm-isolation'}}");
      intruder.post(held, "{'metadata': {'name': 'held', 'finalizers': ['ex.io/stay']}}");
      intruder.delete(canary, intruder.get(canary).object().uid());

      intruder.post(CLASSES, "{'metadata': {'name': 'kata-mshv-vm-isolation'}, 'handler': 'kata'}");
      try {
        await().until(() -> canaries(watching.facts()).equals("DEFAULTS UNPROVEN"));
        intruder.patch(held + "/held", "{'metadata': {'finalizers': null}}");
        await().until(() -> canaries(watching.facts()).equals("DEFAULTS DEFAULTS"));
      } finally {
        Caller.administrator().delete(CLASSES + "/kata-mshv-vm-isolation");
      }

      await().until(() -> canaries(watching.facts()).equals("DEFAULTS"));
    }
  }

  @Test
  void anApiServerThatNoLongerAnswersMakesFactsUnknownThoughItsConnectionsStand(@TempDir Path dir)
      throws Exception {
    try (LocalCluster cluster = LocalCluster.start(dir, Progress.toConsole());
        Watching watching = watch(cluster.kubeconfig(), "2s")) {
      watching.untilKnown();
      signal("-STOP", dir);
      try {
        await().until(() -> watching.facts().equals(ClusterFacts.UNKNOWN));
      } finally {
        signal("-CONT", dir);
      }
      watching.untilKnown();
    }
  }

  /** G8: a heartbeat on a connection of its own tells nothing of watches. */
  @Test
  void aLossBehindDeadConnectionsIsNoticedThoughNewOnesWork() {
    Caller administrator = Caller.administrator();
    try (TcpProxy wire = Hands.wire();
        Watching watching = watch(wire, "30s")) {
      watching.untilKnown();
      JsonNode binding = administrator.get(BINDINGS + "/berth-host-access").body();

      wire.swallowStandingConnections();
      administrator.delete(BINDINGS + "/berth-host-access");
      try {
        await().untilAsserted(() -> assertThat(watching.facts().admission().faults()).hasSize(1));
      } finally {
        administrator.post(BINDINGS, withoutVersion(binding));
      }
      watching.untilMended();
    }
  }

  /** G8 */
  @Test
  void whereNothingIsHeardAnyMoreFactsAreUnknownAndCompleteAfterIt() {
    Caller administrator = Caller.administrator();
    try (TcpProxy wire = Hands.wire();
        Watching watching = watch(wire, "2s")) {
      watching.untilKnown();
      JsonNode binding = administrator.get(BINDINGS + "/berth-host-access").body();

      wire.swallowEverything();
      await().until(() -> watching.facts().equals(ClusterFacts.UNKNOWN));
      administrator.delete(BINDINGS + "/berth-host-access");
      wire.recover();
      try {
        await().untilAsserted(() -> assertThat(watching.facts().admission().faults()).hasSize(1));
      } finally {
        administrator.post(BINDINGS, withoutVersion(binding));
      }
      watching.untilMended();
    }
  }

  private static void signal(String signal, Path dir) throws Exception {
    String pid = Files.readString(dir.resolve("kube-apiserver.pid")).split(" ", 2)[0];
    assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor()).isZero();
  }

  private static String canaries(ClusterFacts facts) {
    return facts.classes().stream().map(c -> c.canary().name()).collect(Collectors.joining(" "));
  }

  @Test
  void anApiServerThatIsDownMakesFactsUnknownUntilItIsBack(@TempDir Path dir) {
    Path kubeconfig;
    try (LocalCluster cluster = LocalCluster.start(dir, Progress.toConsole())) {
      kubeconfig = cluster.kubeconfig();
    }
    try (Watching watching = watch(kubeconfig, "2s")) {
      assertThat(watching.facts()).isEqualTo(ClusterFacts.UNKNOWN);

      try (LocalCluster cluster = LocalCluster.start(dir, Progress.toConsole())) {
        watching.untilKnown();
      }
      await().untilAsserted(() -> assertThat(watching.facts()).isEqualTo(ClusterFacts.UNKNOWN));

      try (LocalCluster cluster = LocalCluster.start(dir, Progress.toConsole())) {
        assertThat(watching.untilKnown().admission().faults()).isEmpty();
      }
    }
  }

  private static Watching watch(Path kubeconfig, String staleAfter) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    return Watching.with(config, Map.of("berth.kubernetes.stale-after", staleAfter));
  }

  private static Watching watch(TcpProxy wire, String staleAfter) {
    Config config = Config.fromKubeconfig(Parts.cluster().berthKubeconfig().toFile());
    config.setMasterUrl("https://127.0.0.1:%d/".formatted(wire.port()));
    return Watching.with(
        config,
        Map.of(
            "berth.kubernetes.stale-after",
            staleAfter,
            "berth.kubernetes.watch-silence",
            SILENCE.toSeconds() + "s"));
  }

  private static String withoutVersion(JsonNode object) {
    ((ObjectNode) object.get("metadata")).remove(List.of("resourceVersion", "uid"));
    return object.toString();
  }
}
