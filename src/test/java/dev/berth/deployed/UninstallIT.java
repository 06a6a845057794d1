package dev.berth.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.delivery.ControlPlane;
import dev.berth.delivery.evidence.Database;
import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.local.process.Progress;
import dev.berth.local.process.Texts;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import dev.berth.manifest.Rendering;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands of docs/operate.md for an uninstallation leave nothing of Berth in a cluster. */
class UninstallIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String OVERLAY = "src/test/resources/overlays/house";
  private static final Path PAGE = Rendering.PROJECT.resolve("docs/operate.md");
  private static final Path OUTPUT = Rendering.PROJECT.resolve("target/uninstall.log");

  private PackagedBerth parts;
  private Database database;

  @BeforeEach
  void itIsInstalledAsInstallMdSays() throws Exception {
    if (run("kubectl version --client") != 0) {
      String message = "UninstallIT DID NOT RUN: it needs kubectl.";
      Progress.toConsole().say(message);
      Assumptions.abort(message);
    }
    parts = PackagedBerth.besideNewParts("uninstall");
    database = new Database(parts.postgres());
    assertRuns("kubectl apply -k k8s");
    assertRuns("kubectl apply -k " + OVERLAY);
  }

  @AfterEach
  void endThem() {
    if (parts != null) {
      parts.close();
    }
  }

  @Test
  void nothingIsLeftAfterTheCommandsOfThePage() throws Exception {
    Replica replica = parts.replica(Map.of());
    replica.start();
    replica.awaitReady();
    try (ControlPlane controlPlane = new ControlPlane(parts.kafka())) {
      controlPlane.send(TenantEvent.created("acme", "starter", 1));
      awaitPhase("READY");
      controlPlane.send(TenantEvent.offboardingRequested("acme", 2));
      awaitPhase("OFFBOARDED");
    }
    replica.close();

    List<String> blocks = blocks();
    String check = blocks.getLast();
    assertThat(run(check)).as("before, it finds what is there").isZero();
    assertRuns(blocks.getFirst().replace("<overlay>", OVERLAY));
    assertThat(run(check)).as("grep finds nothing: %s", Texts.read(OUTPUT)).isEqualTo(1);
  }

  private void awaitPhase(String phase) {
    await("acme is " + phase)
        .atMost(PATIENCE)
        .until(
            () -> database.tenants().values().stream().anyMatch(row -> row.phase().equals(phase)));
  }

  /** What is to be typed under the heading. */
  private static List<String> blocks() {
    String section =
        Texts.read(PAGE).orElseThrow().split("\n## Uninstalling\n", 2)[1].split("\n## ", 2)[0];
    return Pattern.compile("(?s)```sh\n(.*?)```")
        .matcher(section)
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  private void assertRuns(String commands) throws Exception {
    assertThat(run(commands)).as("%s%n%s", commands, Texts.read(OUTPUT)).isZero();
  }

  private int run(String commands) throws IOException, InterruptedException {
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
            .directory(Rendering.PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(OUTPUT.toFile());
    if (parts != null) {
      shell.environment().put("KUBECONFIG", parts.cluster().kubeconfig().toString());
    }
    return shell.start().waitFor();
  }
}
