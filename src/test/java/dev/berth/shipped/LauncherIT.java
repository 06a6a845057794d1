package dev.berth.shipped;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(help).containsSubsequence("\n  status ", "\n  explain ", "\n  look ", "\n  help ");
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

  @ParameterizedTest
  @ValueSource(strings = {"17.0.15", "1.8.0_402"})
  void aJavaThatIsTooOldIsNamedWithWhereItWasFound(String version, @TempDir Path old)
      throws Exception {
    Path bin = Files.createDirectories(old.resolve("jdk/bin"));
    Files.writeString(old.resolve("jdk/release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho it was started\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    String number = version.startsWith("1.8") ? "8" : "17";

    String byHome = said(1, SCRIPT, Map.of("JAVA_HOME", bin.getParent().toString()), "help");
    String byPath =
        said(1, SCRIPT, Map.of("JAVA_HOME", "", "PATH", bin + ":/usr/bin:/bin"), "help");

    assertThat(byHome)
        .isEqualTo(
            "berth: needs Java 21 or newer, and found Java %s; looked in JAVA_HOME (%s). Set JAVA_HOME to the folder of a Java 21 or newer.\n",
            number, bin.getParent());
    assertThat(byPath).contains("found Java " + number, "PATH (" + java + ")").hasLineCount(1);
  }

  @Test
  void whereThereIsNoJavaTheScriptSaysWhereItLooked(@TempDir Path empty) throws Exception {
    assertThat(said(1, SCRIPT, Map.of("JAVA_HOME", empty.toString()), "help"))
        .contains("found none; looked in JAVA_HOME (" + empty + ")")
        .hasLineCount(1);
  }

  private static String berth(int expected, String... args)
      throws IOException, InterruptedException {
    return said(expected, SCRIPT, args);
  }

  private static String said(int expected, Path script, String... args)
      throws IOException, InterruptedException {
    return said(expected, script, Map.of("JAVA_HOME", System.getProperty("java.home")), args);
  }

  private static String said(
      int expected, Path script, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(script.toString());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(expected);
    return said;
  }
}
