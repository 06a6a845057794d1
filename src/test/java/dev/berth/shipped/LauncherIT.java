package dev.berth.shipped;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as it is released: its script, on the jar that was built. */
class LauncherIT {

  private static final Path PROJECT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path EXAMPLES =
      PROJECT.resolve(
          "src/main/resources/META-INF/resources/contract/examples/dev.berth.tenant.created.v1");
  private static final Path SCRIPT = PROJECT.resolve("src/main/release/berth");

  @Test
  void theScriptFindsTheJarAndTheJarTheCommand() throws Exception {
    String help = berth(0, "help");

    assertThat(help).contains("Usage: berth", "explain", "validate", "generate-completion");
  }

  @Test
  void eventsAreCheckedWithoutACluster() throws Exception {
    Path good = EXAMPLES.resolve("ok-full.json");
    Path bad = EXAMPLES.resolve("bad-InvalidData-quota.json");
    String type = "dev.berth.tenant.created.v1";

    String said = berth(1, "validate", "--type", type, good.toString(), bad.toString());

    assertThat(said).contains(good + ": valid", bad + ": InvalidData: ");
  }

  /** As kubectl finds it on the path. */
  @Test
  void underTheNameOfAPluginOfKubectlItIsTheSame(@TempDir Path path) throws Exception {
    Path plugin = Files.createSymbolicLink(path.resolve("kubectl-berth"), SCRIPT);

    assertThat(said(0, plugin, "--version")).startsWith("berth ");
  }

  private static String berth(int expected, String... args)
      throws IOException, InterruptedException {
    return said(expected, SCRIPT, args);
  }

  private static String said(int expected, Path script, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(script.toString());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(expected);
    return said;
  }
}
