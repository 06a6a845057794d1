package dev.berth.local.azure.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.local.azure.FakeAzure;
import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import dev.berth.local.process.Progress;
import dev.berth.local.process.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Microsoft's client for JavaScript against the double: what only the Java client takes for granted
 * would show here. Runs where npm and node are.
 */
class SecondClientIT {
  private static final Path PROJECT = Path.of(System.getProperty("basedir", ""));
  private static final Path DIR = PROJECT.resolve("target/azure").toAbsolutePath();

  private static final Path SAID = DIR.resolve("said.txt");

  private static final String NODE_20 =
      "process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)";

  @Test
  void aPoolLivesAndDiesThroughAnotherOfficialClient() throws Exception {
    install();

    try (FakeAzure azure = FakeAzure.start(0)) {
      azure.operationsTake(Duration.ofMillis(60));
      azure.showPagesOf(1);
      azure.withoutThrottling();
      azure.nextFor(
          "broken",
          Call.PUT_POOL,
          Mishap.operationFails("VMExtensionProvisioningError", "The VM did not join."));

      int status = run(environment(azure), "node", "conform.mjs");
      assertThat(status).as(() -> Texts.read(SAID).orElse("")).isZero();

      assertThat(azure.portal().pools()).containsExactly("system");
      assertThat(azure.journal().putsOf("kata")).hasSize(2);
    }
  }

  private static void install() throws Exception {
    for (String file : new String[] {"package.json", "conform.mjs"}) {
      Files.createDirectories(DIR);
      Files.copy(
          PROJECT.resolve("src/test/azure").resolve(file),
          DIR.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    skipUnless(
        there("npm", "--version") && there("node", "--eval", NODE_20),
        "it needs npm and node 20 or newer");
    List<String> command =
        List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund");
    skipUnless(
        run(Map.of(), command.toArray(String[]::new)) == 0,
        "npm could not install @azure/arm-containerservice");
  }

  /** Never silently. */
  private static void skipUnless(boolean possible, String otherwise) {
    String message = "SecondClientIT DID NOT RUN: %s.".formatted(otherwise);
    if (!possible) {
      Progress.toConsole().say(message);
    }
    assumeTrue(possible, message);
  }

  private static Map<String, String> environment(FakeAzure azure) {
    return Map.of(
        "AZURE_URL", azure.url(),
        "AZURE_TENANT", FakeAzure.TENANT,
        "AZURE_SUBSCRIPTION", FakeAzure.PLACE.subscription(),
        "AZURE_GROUP", FakeAzure.PLACE.group(),
        "AZURE_CLUSTER", FakeAzure.PLACE.cluster());
  }

  private static boolean there(String... command) throws InterruptedException {
    try {
      return run(Map.of(), command) == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private static int run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(DIR.toFile())
            .redirectErrorStream(true)
            .redirectOutput(SAID.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }
}
